import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { DataProvider } from './api';
import { PageFrame, SkeletonText } from './components';
import { EventTypesPage } from './pages/EventTypesPage';
import { NotFoundPage } from './pages/NotFoundPage';

// The list is what people open first and comes with the frame; every other page is fetched when it is opened.
const EventTypePage = lazy(() => import('./pages/EventTypePage').then(m => ({ default: m.EventTypePage })));
const SubscriptionsPage = lazy(() =>
  import('./pages/SubscriptionsPage').then(m => ({
    default: m.SubscriptionsPage,
  })),
);
const BusesPage = lazy(() => import('./pages/BusesPage').then(m => ({ default: m.BusesPage })));
const BusPage = lazy(() => import('./pages/BusPage').then(m => ({ default: m.BusPage })));
const SourcesPage = lazy(() => import('./pages/SourcesPage').then(m => ({ default: m.SourcesPage })));
const MapPage = lazy(() => import('./pages/MapPage').then(m => ({ default: m.MapPage })));
const ChangesPage = lazy(() => import('./pages/ChangesPage').then(m => ({ default: m.ChangesPage })));
const ChangePage = lazy(() => import('./pages/ChangePage').then(m => ({ default: m.ChangePage })));
const PatternsPage = lazy(() => import('./pages/PatternsPage').then(m => ({ default: m.PatternsPage })));

/** All pages of the portal below the path at which it is mounted. The same in the new frontend system and in the old. */
export function Portal() {
  return (
    <DataProvider>
      <Suspense fallback={<PageOnItsWay />}>
        <Routes>
          <Route index element={<EventTypesPage />} />
          <Route path="types/:source/:detailType/*" element={<EventTypePage />} />
          <Route path="subscriptions" element={<SubscriptionsPage />} />
          <Route path="buses" element={<BusesPage />} />
          <Route path="buses/:arn" element={<BusPage />} />
          <Route path="sources" element={<SourcesPage />} />
          <Route path="map" element={<MapPage />} />
          <Route path="changes" element={<ChangesPage />} />
          <Route path="changes/:id" element={<ChangePage />} />
          <Route path="patterns" element={<PatternsPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </DataProvider>
  );
}

function PageOnItsWay() {
  return (
    <PageFrame title="Events">
      <div style={{ maxWidth: 720 }}>
        <SkeletonText lines={6} />
      </div>
    </PageFrame>
  );
}
