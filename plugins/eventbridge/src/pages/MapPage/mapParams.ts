/** What of the map stands in the URL: the chosen service or event type, and picture or list. */
export interface MapState {
  readonly focus?: string;
  readonly view: 'picture' | 'list';
}

export function mapStateFromParams(params: URLSearchParams): MapState {
  const focus = params.get('focus') ?? undefined;
  return {
    ...(focus ? { focus } : {}),
    view: params.get('view') === 'list' ? 'list' : 'picture',
  };
}

export function paramsFromMapState(state: MapState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.focus) params.set('focus', state.focus);
  if (state.view === 'list') params.set('view', 'list');
  return params;
}
