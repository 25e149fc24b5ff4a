/** The part of a service model that a server needs: what an operation takes, gives and where it stands in HTTP. */
export type Shape = ScalarShape | ListShape | MapShape | StructureShape;

export interface ScalarShape {
  readonly kind: 'string' | 'boolean' | 'number' | 'timestamp' | 'blob' | 'document';
}

export interface ListShape {
  readonly kind: 'list';
  readonly member: Shape;
}

export interface MapShape {
  readonly kind: 'map';
  readonly value: Shape;
}

export interface StructureShape {
  readonly kind: 'structure';
  readonly name: string;
  /** Read late, since shapes may contain themselves. In the model's order. */
  readonly members: () => readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  /** The name in a JSON body where it is not the member's own. */
  readonly wireName: string;
  readonly location: MemberLocation;
}

export type MemberLocation =
  | { readonly kind: 'body' }
  | { readonly kind: 'payload' }
  | { readonly kind: 'label' }
  | { readonly kind: 'query'; readonly name: string }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'status' };

export interface OperationModel {
  readonly name: string;
  readonly input: StructureShape;
  readonly output: StructureShape;
  /** For REST protocols. */
  readonly http?: HttpBinding;
}

export interface HttpBinding {
  readonly method: string;
  /** `/v1/registries/name/{RegistryName}`, perhaps with a fixed query. */
  readonly path: string;
  readonly status: number;
}

export interface ErrorModel {
  /** As SDK clients see it in `error.name`. */
  readonly name: string;
  readonly httpStatus: number;
  /** The code that the service had under the query protocol: `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly queryCode?: string;
}

export interface ServiceModel {
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly errors: ReadonlyMap<string, ErrorModel>;
}
