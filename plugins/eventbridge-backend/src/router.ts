import type { EventTypeQuery } from '@busline/plugin-eventbridge-common';
import type { Knex } from 'knex';
import createPromiseRouter from 'express-promise-router';
import type { Router } from 'express';
import { eventTypeFacets } from './queries/eventTypeFacets';
import { getEventType, getSchemaVersion } from './queries/getEventType';
import { listEventTypes } from './queries/listEventTypes';
import { listSources } from './queries/listSources';

export function createRouter(knex: Knex): Router {
  const router = createPromiseRouter();
  const all = { kind: 'all' } as const;
  router.get('/event-types', async (req, res) => {
    res.json(await listEventTypes(knex, req.query as EventTypeQuery, all));
  });
  router.get('/event-types/facets', async (req, res) => {
    res.json(await eventTypeFacets(knex, req.query as EventTypeQuery, all));
  });
  router.get('/event-types/:source/:detailType', async (req, res) => {
    res.json(await getEventType(knex, req.params, all));
  });
  router.get('/event-types/:source/:detailType/versions/:version', async (req, res) => {
    res.json(await getSchemaVersion(knex, req.params, req.params.version, all));
  });
  router.get('/sources', async (_req, res) => {
    res.json({ items: await listSources(knex, new Date()) });
  });
  return router;
}

