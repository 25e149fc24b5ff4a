import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
  type FieldExtensionOptions,
  type TemplateParameterSchema,
} from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type { OnboardingRequest, RequestProblem } from '@busline/onboarding';
import type { PlanAnswer } from '@busline/plugin-eventbridge-common';
import type { ComponentProps, ReactNode } from 'react';
import { parse } from 'yaml';
import { eventbridgeApiRef } from '../api';
import { FIELDS } from '../onboarding/fieldTable';
import { rootRouteRef } from '../routes';
import { FixtureApi } from './FixtureApi';
import { PLAN } from './planFixture';

const ACCOUNT = { id: '222222222222', name: 'access-prod', title: 'Access' };

/** The portal's API, with a service that runs somewhere and an answer to every plan. */
export class FormApi extends FixtureApi {
  readonly asked: OnboardingRequest[] = [];
  problems: readonly RequestProblem[] = [];

  constructor() {
    super();
    const readService = this.getService.bind(this);
    const environments = [{ environment: 'prod', account: ACCOUNT, region: 'eu-west-1' }];
    const makePlan = async (request: OnboardingRequest): Promise<PlanAnswer> => {
      this.asked.push(request);
      return this.problems.length > 0
        ? { kind: 'problems', problems: this.problems, baseCommit: 'c0ffee' }
        : { kind: 'plan', plan: PLAN, baseCommit: 'c0ffee', digest: 'd1' };
    };
    Object.assign(this, {
      makePlan,
      getService: async (name: string) => ({ ...(await readService(name)), environments }),
    });
  }
}

/** The fields as the new frontend system registers them. */
async function newFields(): Promise<readonly FieldExtensionOptions[]> {
  return Promise.all(
    FIELDS.map(async field => ({
      name: field.name,
      component: (await field.load()) as never,
      validation: field.validation as never,
    })),
  );
}

function manifestOf(name: string): TemplateParameterSchema {
  const template = parse(readFileSync(join(__dirname, `../../../../templates/${name}/template.yaml`), 'utf8'));
  const { parameters, presentation } = template.spec;
  return {
    title: template.metadata.title,
    presentation,
    steps: parameters.map((schema: { title: string }) => ({ title: schema.title, schema })),
  } as TemplateParameterSchema;
}

/** A form in the old frontend system: its fields are children of `ScaffolderFieldExtensions`, as an app writes them. */
function LegacyStepper(props: Omit<ComponentProps<typeof Stepper>, 'extensions'> & { readonly fields: ReactNode }) {
  const { fields, ...rest } = props;
  const extensions = useCustomFieldExtensions(<ScaffolderFieldExtensions>{fields}</ScaffolderFieldExtensions>);
  return <Stepper {...rest} extensions={extensions as never} />;
}

/**
 * The form of a template in the scaffolder's own stepper.
 *
 * @param legacyFields elements of the old frontend system; without them the fields are those of the new one
 */
export async function renderForm(name: string, api: FormApi, initialState: object = {}, legacyFields?: ReactNode) {
  const onCreate = jest.fn();
  const form = { manifest: manifestOf(name), onCreate, initialState: initialState as never };
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [eventbridgeApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [] })],
      ]}
    >
      {legacyFields ? (
        <LegacyStepper {...form} fields={legacyFields} />
      ) : (
        <Stepper {...form} extensions={(await newFields()) as never} />
      )}
    </TestApiProvider>,
    { mountedRoutes: { '/events': rootRouteRef, '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  return onCreate;
}
