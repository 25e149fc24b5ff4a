import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { DataProvider } from './api';
import { PageFrame, SkeletonText } from './components';
import { EventTypesPage } from './pages/EventTypesPage';
import { NotFoundPage } from './pages/NotFoundPage';

// The list is what people open first and comes with the frame; every other page is fetched when it is opened.
const EventTypePage = lazy(() => import('./pages/EventTypePage').then(m => ({ default: m.EventTypePage })));

/** All pages of the portal below the path at which it is mounted. The same in the new frontend system and in the old. */
export function Portal() {
  return (
    <DataProvider>
      <Suspense fallback={<PageOnItsWay />}>
        <Routes>
          <Route index element={<EventTypesPage />} />
          <Route path="types/:source/:detailType/*" element={<EventTypePage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </DataProvider>
  );
}

function PageOnItsWay() {
  return (
    <PageFrame title="Events">
      <SkeletonText lines={6} />
    </PageFrame>
  );
}
