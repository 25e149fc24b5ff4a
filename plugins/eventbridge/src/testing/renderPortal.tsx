import { discoveryApiRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
// eslint-disable-next-line @backstage/no-undeclared-imports -- only tests import this file
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type { EventbridgeApi } from '@busline/plugin-eventbridge-common';
import { Route, Routes, useLocation, useNavigate } from 'react-router-dom';
import { eventbridgeApiRef } from '../api';
import { Portal } from '../Portal';
import { rootRouteRef } from '../routes';

/** What a test sees and does of the browser's address. */
export interface Address {
  current: () => string;
  back: () => void;
}

/** The portal mounted at `/events`, opened at an address, over an API that the test gives. */
export async function renderPortal(
  at: string,
  api: EventbridgeApi,
  /** What the permission policy says to everything that is asked of it. */
  decision: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
): Promise<Address> {
  let location = '';
  let navigate: ReturnType<typeof useNavigate> = () => {};
  function AddressBar() {
    const { pathname, search } = useLocation();
    navigate = useNavigate();
    location = pathname + search;
    return null;
  }
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [eventbridgeApiRef, api],
        [discoveryApiRef, mockApis.discovery()],
        [permissionApiRef, mockApis.permission({ authorize: decision })],
      ]}
    >
      <AddressBar />
      <Routes>
        <Route path="/events/*" element={<Portal />} />
        <Route path="*" element={<div>elsewhere</div>} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/events': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return { current: () => location, back: () => navigate(-1) };
}

/** jsdom lays nothing out: gives every element the size of a screen, so that the virtual list has room for rows. */
export function giveElementsASize(width: number = 1200, height: number = 800) {
  const sizes = {
    offsetWidth: width,
    offsetHeight: height,
    clientWidth: width,
    clientHeight: height,
  };
  for (const [name, value] of Object.entries(sizes)) {
    jest.spyOn(HTMLElement.prototype, name as 'offsetWidth', 'get').mockReturnValue(value);
  }
}
