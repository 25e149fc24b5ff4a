// Made from openapi.yaml by `yarn openapi`. Change that file instead.
/* eslint-disable */
export const spec = {
  openapi: '3.0.3',
  info: {
    title: 'Busline',
    version: '1',
    description:
      'The event portal for Amazon EventBridge. Lists are paged by cursor: pass `nextCursor` back as `cursor` with the same\nfilters. What a person may not see is not there: it is left out of lists and counts, and its address answers 404.\n',
    license: {
      name: 'Apache-2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [
    {
      url: '/',
    },
  ],
  paths: {
    '/event-types': {
      get: {
        operationId: 'ListEventTypes',
        summary: 'Event types that the filters take',
        parameters: [
          {
            $ref: '#/components/parameters/search',
          },
          {
            $ref: '#/components/parameters/domain',
          },
          {
            $ref: '#/components/parameters/owner',
          },
          {
            $ref: '#/components/parameters/publisher',
          },
          {
            $ref: '#/components/parameters/subscriber',
          },
          {
            $ref: '#/components/parameters/lifecycle',
          },
          {
            $ref: '#/components/parameters/classification',
          },
          {
            $ref: '#/components/parameters/bus',
          },
          {
            $ref: '#/components/parameters/tag',
          },
          {
            name: 'sort',
            in: 'query',
            schema: {
              type: 'string',
              enum: ['name', 'source', 'owner', 'publisher', 'subscribers', 'version', 'relevance'],
            },
          },
          {
            $ref: '#/components/parameters/order',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/EventTypePage',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/event-types/facets': {
      get: {
        operationId: 'GetEventTypeFacets',
        summary: "How many event types each value of a filter has; a facet's own choice does not narrow it",
        parameters: [
          {
            $ref: '#/components/parameters/search',
          },
          {
            $ref: '#/components/parameters/domain',
          },
          {
            $ref: '#/components/parameters/owner',
          },
          {
            $ref: '#/components/parameters/publisher',
          },
          {
            $ref: '#/components/parameters/subscriber',
          },
          {
            $ref: '#/components/parameters/lifecycle',
          },
          {
            $ref: '#/components/parameters/classification',
          },
          {
            $ref: '#/components/parameters/bus',
          },
          {
            $ref: '#/components/parameters/tag',
          },
          {
            name: 'sort',
            in: 'query',
            schema: {
              type: 'string',
            },
          },
          {
            $ref: '#/components/parameters/order',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'Counts',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/EventTypeFacets',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/event-types/{source}/{detailType}': {
      get: {
        operationId: 'GetEventType',
        parameters: [
          {
            $ref: '#/components/parameters/sourcePath',
          },
          {
            $ref: '#/components/parameters/detailTypePath',
          },
        ],
        responses: {
          '200': {
            description: 'The event type',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/EventTypeDetail',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/event-types/{source}/{detailType}/versions/{version}': {
      get: {
        operationId: 'GetSchemaVersion',
        parameters: [
          {
            $ref: '#/components/parameters/sourcePath',
          },
          {
            $ref: '#/components/parameters/detailTypePath',
          },
          {
            name: 'version',
            in: 'path',
            required: true,
            schema: {
              type: 'string',
            },
          },
        ],
        responses: {
          '200': {
            description: 'The schema with its examples',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/SchemaVersionDetail',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/event-types/{source}/{detailType}/evolution': {
      get: {
        operationId: 'GetEventTypeEvolution',
        summary: 'Each version beside the one before it, judged by the rules of the organisation',
        parameters: [
          {
            $ref: '#/components/parameters/sourcePath',
          },
          {
            $ref: '#/components/parameters/detailTypePath',
          },
        ],
        responses: {
          '200': {
            description: 'The newest steps',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/EventTypeEvolution',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/event-types/{source}/{detailType}/comparison': {
      get: {
        operationId: 'CompareVersions',
        summary: 'What changed between two versions, and what breaks in which direction, with an event that proves it',
        parameters: [
          {
            $ref: '#/components/parameters/sourcePath',
          },
          {
            $ref: '#/components/parameters/detailTypePath',
          },
          {
            name: 'from',
            in: 'query',
            required: true,
            schema: {
              type: 'string',
            },
          },
          {
            name: 'to',
            in: 'query',
            required: true,
            schema: {
              type: 'string',
            },
          },
        ],
        responses: {
          '200': {
            description: 'The comparison',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/VersionComparison',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/event-types/{source}/{detailType}/affected': {
      get: {
        operationId: 'GetAffectedSubscribers',
        summary: 'Whom the step from one version to another hits, with an event that shows it',
        parameters: [
          {
            $ref: '#/components/parameters/sourcePath',
          },
          {
            $ref: '#/components/parameters/detailTypePath',
          },
          {
            name: 'from',
            in: 'query',
            required: true,
            schema: {
              type: 'string',
            },
          },
          {
            name: 'to',
            in: 'query',
            required: true,
            schema: {
              type: 'string',
            },
          },
        ],
        responses: {
          '200': {
            description: 'Subscribers, those that are hit hardest first',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/AffectedSubscribers',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/event-types/{source}/{detailType}/subscriptions': {
      get: {
        operationId: 'ListEventTypeSubscriptions',
        summary: 'Subscriptions whose pattern takes the event type',
        parameters: [
          {
            $ref: '#/components/parameters/sourcePath',
          },
          {
            $ref: '#/components/parameters/detailTypePath',
          },
          {
            $ref: '#/components/parameters/search',
          },
          {
            $ref: '#/components/parameters/service',
          },
          {
            $ref: '#/components/parameters/environment',
          },
          {
            $ref: '#/components/parameters/account',
          },
          {
            $ref: '#/components/parameters/standing',
          },
          {
            $ref: '#/components/parameters/targetType',
          },
          {
            $ref: '#/components/parameters/subscriptionSort',
          },
          {
            $ref: '#/components/parameters/order',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/SubscriptionPage',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/event-type-index': {
      get: {
        operationId: 'ListEventTypeIndex',
        summary: 'Event types with what other plugins keep of them',
        parameters: [
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/EventTypeIndexPage',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/subscriptions': {
      get: {
        operationId: 'ListSubscriptions',
        parameters: [
          {
            $ref: '#/components/parameters/search',
          },
          {
            $ref: '#/components/parameters/service',
          },
          {
            $ref: '#/components/parameters/environment',
          },
          {
            $ref: '#/components/parameters/account',
          },
          {
            $ref: '#/components/parameters/standing',
          },
          {
            $ref: '#/components/parameters/targetType',
          },
          {
            name: 'source',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'string',
            },
          },
          {
            name: 'detailType',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'string',
            },
          },
          {
            $ref: '#/components/parameters/subscriptionSort',
          },
          {
            $ref: '#/components/parameters/order',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/SubscriptionPage',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/subscriptions/facets': {
      get: {
        operationId: 'GetSubscriptionFacets',
        summary: "How many subscriptions each value of a filter has; a facet's own choice does not narrow it",
        parameters: [
          {
            $ref: '#/components/parameters/search',
          },
          {
            $ref: '#/components/parameters/service',
          },
          {
            $ref: '#/components/parameters/environment',
          },
          {
            $ref: '#/components/parameters/account',
          },
          {
            $ref: '#/components/parameters/standing',
          },
          {
            $ref: '#/components/parameters/targetType',
          },
          {
            name: 'source',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'string',
            },
          },
          {
            name: 'detailType',
            in: 'query',
            allowReserved: true,
            schema: {
              type: 'string',
            },
          },
          {
            name: 'sort',
            in: 'query',
            schema: {
              type: 'string',
            },
          },
          {
            $ref: '#/components/parameters/order',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'Counts',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/SubscriptionFacets',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/subscriptions/{id}': {
      get: {
        operationId: 'GetSubscription',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            description: 'The subscription',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/SubscriptionDetail',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/subscriptions/{id}/metrics': {
      get: {
        operationId: 'GetSubscriptionMetrics',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            description: 'The last 24 hours',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/MetricsDay',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/subscriptions/{id}/verdicts': {
      get: {
        operationId: 'GetSubscriptionVerdicts',
        summary: 'What its pattern means for every version of the schemas of its event types',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            description: 'A verdict on each version, with its reasons',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/SubscriptionVerdicts',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/receivers': {
      post: {
        operationId: 'FindReceivers',
        summary: 'Which subscriptions of the whole platform an event goes to; the event is not kept',
        parameters: [
          {
            name: 'receives',
            in: 'query',
            description: '`no`: subscriptions to its event type whose pattern does not take this event',
            schema: {
              type: 'string',
              enum: ['yes', 'no'],
            },
          },
          {
            $ref: '#/components/parameters/environment',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['event'],
                additionalProperties: false,
                properties: {
                  event: {
                    type: 'string',
                    description: 'The event as EventBridge delivers it, as JSON text with source and detail-type',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'A page, and how many there are of either kind',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/ReceiversPage',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/services': {
      get: {
        operationId: 'ListServices',
        responses: {
          '200': {
            description: 'All services',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  additionalProperties: false,
                  properties: {
                    items: {
                      type: 'array',
                      items: {
                        $ref: '#/components/schemas/ServiceSummary',
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/services/by-entity': {
      get: {
        operationId: 'GetServiceByEntity',
        parameters: [
          {
            name: 'ref',
            in: 'query',
            required: true,
            allowReserved: true,
            description: 'Backstage component reference',
            schema: {
              type: 'string',
              minLength: 1,
            },
          },
        ],
        responses: {
          '200': {
            description: 'The service',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/ServiceDetail',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/services/{name}': {
      get: {
        operationId: 'GetService',
        parameters: [
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: {
              type: 'string',
            },
          },
        ],
        responses: {
          '200': {
            description: 'The service',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/ServiceDetail',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/buses': {
      get: {
        operationId: 'ListBuses',
        parameters: [
          {
            $ref: '#/components/parameters/search',
          },
          {
            $ref: '#/components/parameters/account',
          },
          {
            $ref: '#/components/parameters/environment',
          },
          {
            $ref: '#/components/parameters/standing',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/BusPage',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/buses/{arn}': {
      get: {
        operationId: 'GetBus',
        parameters: [
          {
            $ref: '#/components/parameters/arnPath',
          },
        ],
        responses: {
          '200': {
            description: 'The bus',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/BusDetail',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/buses/{arn}/metrics': {
      get: {
        operationId: 'GetBusMetrics',
        parameters: [
          {
            $ref: '#/components/parameters/arnPath',
          },
        ],
        responses: {
          '200': {
            description: 'The last 24 hours',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/MetricsDay',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/accounts': {
      get: {
        operationId: 'ListAccounts',
        responses: {
          '200': {
            description: 'All accounts',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  additionalProperties: false,
                  properties: {
                    items: {
                      type: 'array',
                      items: {
                        $ref: '#/components/schemas/AccountSummary',
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/map': {
      get: {
        operationId: 'GetMap',
        parameters: [
          {
            $ref: '#/components/parameters/domain',
          },
          {
            $ref: '#/components/parameters/service',
          },
          {
            $ref: '#/components/parameters/environment',
          },
        ],
        responses: {
          '200': {
            description: 'Who publishes and who subscribes to what',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/FlowMap',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/overview': {
      get: {
        operationId: 'GetOverview',
        responses: {
          '200': {
            description: 'Numbers for the head of the pages',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/Overview',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/sources': {
      get: {
        operationId: 'ListSources',
        responses: {
          '200': {
            description: 'All sources',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  additionalProperties: false,
                  properties: {
                    items: {
                      type: 'array',
                      items: {
                        $ref: '#/components/schemas/SourceStatus',
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/sources/{id}/problems': {
      get: {
        operationId: 'ListSourceProblems',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/SourceProblemPage',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/sources/{id}/refresh': {
      post: {
        operationId: 'RefreshSource',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '202': {
            description: 'It is read as soon as a replica is free',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/SourceStatus',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/plans': {
      post: {
        operationId: 'MakePlan',
        summary: 'What an onboarding request would do; opens nothing and writes nothing',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['request'],
                additionalProperties: false,
                properties: {
                  request: {
                    $ref: '#/components/schemas/OnboardingRequest',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The plan, or everything that keeps the request from becoming one',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/PlanAnswer',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests': {
      get: {
        operationId: 'ListChangeRequests',
        summary: 'Who asked for what and where it stands, newest first',
        parameters: [
          {
            name: 'state',
            in: 'query',
            schema: {
              type: 'array',
              items: {
                $ref: '#/components/schemas/ChangeRequestState',
              },
            },
          },
          {
            name: 'service',
            in: 'query',
            schema: {
              $ref: '#/components/schemas/Texts',
            },
          },
          {
            name: 'requestedBy',
            in: 'query',
            allowReserved: true,
            schema: {
              $ref: '#/components/schemas/Texts',
            },
          },
          {
            name: 'turnOf',
            in: 'query',
            description: 'Only those on which one of these entity references has to act next',
            allowReserved: true,
            schema: {
              $ref: '#/components/schemas/Texts',
            },
          },
          {
            name: 'source',
            in: 'query',
            description: 'Only those about an event type of this source',
            allowReserved: true,
            schema: {
              type: 'string',
              maxLength: 512,
            },
          },
          {
            name: 'detailType',
            in: 'query',
            description: 'Only those about an event type of this name',
            allowReserved: true,
            schema: {
              type: 'string',
              maxLength: 512,
            },
          },
          {
            $ref: '#/components/parameters/search',
          },
          {
            $ref: '#/components/parameters/cursor',
          },
          {
            $ref: '#/components/parameters/limit',
          },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'totalItems', 'states'],
                  additionalProperties: false,
                  properties: {
                    items: {
                      type: 'array',
                      items: {
                        $ref: '#/components/schemas/ChangeRequestSummary',
                      },
                    },
                    totalItems: {
                      type: 'integer',
                    },
                    nextCursor: {
                      type: 'string',
                    },
                    states: {
                      description: 'How many there are in each state, whatever the filters',
                      type: 'object',
                      additionalProperties: {
                        type: 'integer',
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
      post: {
        operationId: 'SendChangeRequest',
        summary: 'Takes an onboarding request on; the same key finds the same change request',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['request', 'key'],
                additionalProperties: false,
                properties: {
                  request: {
                    $ref: '#/components/schemas/OnboardingRequest',
                  },
                  key: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 200,
                  },
                  digest: {
                    type: 'string',
                    maxLength: 100,
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The change request, or everything that keeps the request from becoming one',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/ChangeRequestAnswer',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests/{id}': {
      get: {
        operationId: 'GetChangeRequest',
        summary: 'Where it stands, without its plan; small enough to be asked for every few seconds',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            $ref: '#/components/responses/ChangeRequest',
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests/{id}/plan': {
      get: {
        operationId: 'GetChangeRequestPlan',
        summary: 'Its plan; it stays the same as long as `planDigest` of the change request does',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            description: 'The plan',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['plan', 'baseCommit', 'digest'],
                  additionalProperties: false,
                  properties: {
                    plan: {
                      $ref: '#/components/schemas/Plan',
                    },
                    baseCommit: {
                      type: 'string',
                    },
                    digest: {
                      type: 'string',
                    },
                  },
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests/{id}/pull-requests': {
      post: {
        operationId: 'OpenPullRequests',
        summary: 'Opens the pull requests of a change request, or finds those that are open',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            description: 'The change request with its pull requests, and what was done',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['change', 'log'],
                  additionalProperties: false,
                  properties: {
                    change: {
                      $ref: '#/components/schemas/ChangeRequestDetail',
                    },
                    log: {
                      type: 'array',
                      items: {
                        type: 'string',
                      },
                    },
                  },
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests/{id}/reviews': {
      post: {
        operationId: 'ReviewChangeRequest',
        summary: "Approves it or asks for changes, on the portal's own forge",
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['verdict'],
                additionalProperties: false,
                properties: {
                  verdict: {
                    type: 'string',
                    enum: ['approved', 'changes-requested'],
                  },
                  comment: {
                    type: 'string',
                    maxLength: 5000,
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            $ref: '#/components/responses/ChangeRequest',
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests/{id}/merge': {
      post: {
        operationId: 'MergeChangeRequest',
        summary: "Merges its pull requests, on the portal's own forge; the deployment follows by itself",
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            $ref: '#/components/responses/ChangeRequest',
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests/{id}/close': {
      post: {
        operationId: 'CloseChangeRequest',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            $ref: '#/components/responses/ChangeRequest',
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests/{id}/retry': {
      post: {
        operationId: 'RetryChangeRequest',
        summary: 'Has the step that failed tried again',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            $ref: '#/components/responses/ChangeRequest',
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
    '/change-requests/{id}/update': {
      post: {
        operationId: 'UpdateChangeRequest',
        summary:
          'Plans it again on what main is now, with newer pull requests in place of those that conflict or differ',
        parameters: [
          {
            $ref: '#/components/parameters/idPath',
          },
        ],
        responses: {
          '200': {
            description: 'The change request, or why its request cannot be planned any more',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/ChangeRequestAnswer',
                },
              },
            },
          },
          default: {
            $ref: '#/components/responses/Error',
          },
        },
      },
    },
  },
  components: {
    parameters: {
      search: {
        name: 'q',
        in: 'query',
        description: 'Words of which each begins a word of the name, title, owner, description or a schema field',
        allowReserved: true,
        allowEmptyValue: true,
        schema: {
          type: 'string',
          maxLength: 1000,
        },
      },
      domain: {
        name: 'domain',
        in: 'query',
        allowReserved: true,
        allowEmptyValue: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      owner: {
        name: 'owner',
        in: 'query',
        allowReserved: true,
        allowEmptyValue: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      publisher: {
        name: 'publisher',
        in: 'query',
        allowReserved: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      subscriber: {
        name: 'subscriber',
        in: 'query',
        allowReserved: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      lifecycle: {
        name: 'lifecycle',
        in: 'query',
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      classification: {
        name: 'classification',
        in: 'query',
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      bus: {
        name: 'bus',
        in: 'query',
        allowReserved: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      tag: {
        name: 'tag',
        in: 'query',
        allowReserved: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      service: {
        name: 'service',
        in: 'query',
        allowReserved: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      environment: {
        name: 'environment',
        in: 'query',
        allowReserved: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      account: {
        name: 'account',
        in: 'query',
        allowReserved: true,
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      standing: {
        name: 'standing',
        in: 'query',
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      targetType: {
        name: 'targetType',
        in: 'query',
        schema: {
          $ref: '#/components/schemas/Texts',
        },
      },
      subscriptionSort: {
        name: 'sort',
        in: 'query',
        schema: {
          type: 'string',
          enum: ['service', 'name', 'account', 'standing'],
        },
      },
      order: {
        name: 'order',
        in: 'query',
        schema: {
          type: 'string',
          enum: ['asc', 'desc'],
        },
      },
      cursor: {
        name: 'cursor',
        in: 'query',
        schema: {
          type: 'string',
          maxLength: 4000,
        },
      },
      limit: {
        name: 'limit',
        in: 'query',
        schema: {
          type: 'integer',
          minimum: 1,
          maximum: 500,
        },
      },
      sourcePath: {
        name: 'source',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
        },
      },
      detailTypePath: {
        name: 'detailType',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
        },
      },
      idPath: {
        name: 'id',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
        },
      },
      arnPath: {
        name: 'arn',
        in: 'path',
        required: true,
        schema: {
          type: 'string',
        },
      },
    },
    responses: {
      Error: {
        description: 'What went wrong',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['error'],
              properties: {
                error: {
                  type: 'object',
                  required: ['name', 'message'],
                  properties: {
                    name: {
                      type: 'string',
                    },
                    message: {
                      type: 'string',
                    },
                  },
                },
              },
            },
          },
        },
      },
      ChangeRequest: {
        description: 'The change request',
        content: {
          'application/json': {
            schema: {
              $ref: '#/components/schemas/ChangeRequestDetail',
            },
          },
        },
      },
    },
    schemas: {
      OnboardingRequest: {
        description:
          'What a person fills in; `kind` tells the shape. Held against the schemas of the onboarding package, which name the field.',
        type: 'object',
        required: ['kind'],
        properties: {
          kind: {
            type: 'string',
            enum: ['onboard', 'change-subscription', 'leave', 'deprecate'],
          },
        },
      },
      Plan: {
        description:
          'Files, resources, permissions, checks, people, quotas, cost and steps; see the onboarding package.',
        type: 'object',
        required: [
          'title',
          'summary',
          'request',
          'branch',
          'repositories',
          'accounts',
          'permissions',
          'proof',
          'checks',
          'people',
          'quotas',
          'cost',
          'steps',
        ],
      },
      RequestProblem: {
        type: 'object',
        required: ['field', 'message', 'rule'],
        additionalProperties: false,
        properties: {
          field: {
            type: 'string',
            description: 'JSON pointer into the request',
          },
          message: {
            type: 'string',
          },
          wayOut: {
            type: 'string',
          },
          rule: {
            type: 'string',
          },
        },
      },
      PlanAnswer: {
        type: 'object',
        required: ['kind'],
        additionalProperties: false,
        properties: {
          kind: {
            type: 'string',
            enum: ['plan', 'problems'],
          },
          plan: {
            $ref: '#/components/schemas/Plan',
          },
          baseCommit: {
            type: 'string',
          },
          digest: {
            type: 'string',
          },
          problems: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/RequestProblem',
            },
          },
        },
      },
      ChangeRequestAnswer: {
        type: 'object',
        required: ['kind'],
        additionalProperties: false,
        properties: {
          kind: {
            type: 'string',
            enum: ['change', 'problems'],
          },
          change: {
            $ref: '#/components/schemas/ChangeRequestDetail',
          },
          problems: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/RequestProblem',
            },
          },
        },
      },
      ChangeRequestState: {
        type: 'string',
        enum: ['opening', 'open', 'approved', 'merged', 'deployed', 'live', 'closed', 'failed'],
      },
      ChangePullRequest: {
        type: 'object',
        required: ['role', 'repository', 'state'],
        additionalProperties: false,
        properties: {
          role: {
            type: 'string',
            enum: ['events', 'service'],
          },
          repository: {
            type: 'string',
          },
          branch: {
            type: 'string',
          },
          number: {
            type: 'integer',
          },
          url: {
            type: 'string',
          },
          cloneUrl: {
            type: 'string',
          },
          state: {
            type: 'string',
            enum: ['missing', 'open', 'merged', 'closed'],
          },
          mergeable: {
            type: 'string',
            enum: ['clean', 'conflicts', 'blocked', 'unknown'],
          },
          blockedBy: {
            type: 'string',
          },
          approvals: {
            type: 'array',
            items: {
              type: 'object',
              required: ['by', 'at'],
              additionalProperties: false,
              properties: {
                by: {
                  type: 'string',
                },
                at: {
                  type: 'string',
                },
              },
            },
          },
          awaited: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          checks: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'state'],
              additionalProperties: false,
              properties: {
                name: {
                  type: 'string',
                },
                state: {
                  type: 'string',
                  enum: ['passed', 'failed', 'pending'],
                },
                detail: {
                  type: 'string',
                },
                url: {
                  type: 'string',
                },
              },
            },
          },
          mergedAt: {
            type: 'string',
          },
        },
      },
      ChangeRequestSummary: {
        type: 'object',
        required: ['id', 'kind', 'title', 'requestedBy', 'requestedAt', 'state', 'turn', 'pullRequests'],
        additionalProperties: false,
        properties: {
          id: {
            type: 'string',
          },
          kind: {
            type: 'string',
            enum: ['onboard', 'change-subscription', 'leave', 'deprecate'],
          },
          title: {
            type: 'string',
          },
          service: {
            type: 'string',
          },
          environment: {
            type: 'string',
          },
          requestedBy: {
            type: 'string',
          },
          requestedAt: {
            type: 'string',
          },
          state: {
            $ref: '#/components/schemas/ChangeRequestState',
          },
          waitsFor: {
            type: 'string',
          },
          turn: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          endedAt: {
            type: 'string',
          },
          leadTimeSeconds: {
            type: 'integer',
          },
          pullRequests: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ChangePullRequest',
            },
          },
        },
      },
      ActionState: {
        type: 'object',
        required: ['allowed'],
        additionalProperties: false,
        properties: {
          allowed: {
            description: 'true, false or "never"',
          },
          why: {
            type: 'string',
          },
        },
      },
      ChangeRequestDetail: {
        type: 'object',
        required: [
          'id',
          'kind',
          'title',
          'requestedBy',
          'requestedAt',
          'state',
          'turn',
          'pullRequests',
          'subscriptions',
          'publications',
          'planDigest',
          'stations',
          'stacks',
          'live',
          'history',
          'actions',
        ],
        additionalProperties: false,
        properties: {
          id: {
            type: 'string',
          },
          kind: {
            type: 'string',
            enum: ['onboard', 'change-subscription', 'leave', 'deprecate'],
          },
          title: {
            type: 'string',
          },
          service: {
            type: 'string',
          },
          environment: {
            type: 'string',
          },
          requestedBy: {
            type: 'string',
          },
          requestedAt: {
            type: 'string',
          },
          state: {
            $ref: '#/components/schemas/ChangeRequestState',
          },
          waitsFor: {
            type: 'string',
          },
          turn: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          endedAt: {
            type: 'string',
          },
          leadTimeSeconds: {
            type: 'integer',
          },
          pullRequests: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ChangePullRequest',
            },
          },
          reason: {
            type: 'string',
          },
          subscriptions: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          publications: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/EventTypeRef',
            },
          },
          planDigest: {
            type: 'string',
          },
          stations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'state'],
              additionalProperties: false,
              properties: {
                id: {
                  type: 'string',
                  enum: ['opened', 'approved', 'merged', 'deployed', 'live'],
                },
                state: {
                  type: 'string',
                  enum: ['reached', 'current', 'ahead', 'failed', 'unneeded'],
                },
                at: {
                  type: 'string',
                },
                detail: {
                  type: 'string',
                },
              },
            },
          },
          stacks: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'accountId', 'region', 'state'],
              additionalProperties: false,
              properties: {
                name: {
                  type: 'string',
                },
                accountId: {
                  type: 'string',
                },
                region: {
                  type: 'string',
                },
                state: {
                  type: 'string',
                  enum: ['waiting', 'running', 'done', 'unchanged', 'failed'],
                },
                detail: {
                  type: 'string',
                },
              },
            },
          },
          live: {
            type: 'array',
            items: {
              type: 'object',
              required: ['title', 'state'],
              additionalProperties: false,
              properties: {
                title: {
                  type: 'string',
                },
                state: {
                  type: 'string',
                  enum: ['seen', 'awaited'],
                },
                detail: {
                  type: 'string',
                },
              },
            },
          },
          history: {
            type: 'array',
            items: {
              type: 'object',
              required: ['at', 'text'],
              additionalProperties: false,
              properties: {
                at: {
                  type: 'string',
                },
                by: {
                  type: 'string',
                },
                text: {
                  type: 'string',
                },
              },
            },
          },
          actions: {
            type: 'object',
            required: ['approve', 'merge', 'close', 'retry', 'update'],
            additionalProperties: false,
            properties: {
              approve: {
                $ref: '#/components/schemas/ActionState',
              },
              merge: {
                $ref: '#/components/schemas/ActionState',
              },
              close: {
                $ref: '#/components/schemas/ActionState',
              },
              retry: {
                $ref: '#/components/schemas/ActionState',
              },
              update: {
                $ref: '#/components/schemas/ActionState',
              },
            },
          },
        },
      },
      Texts: {
        type: 'array',
        maxItems: 200,
        items: {
          type: 'string',
        },
      },
      AnyJson: {},
      Lifecycle: {
        type: 'string',
        enum: ['experimental', 'production', 'deprecated', 'retired'],
      },
      Classification: {
        type: 'string',
        enum: ['public', 'internal', 'confidential', 'restricted'],
      },
      Standing: {
        type: 'string',
        enum: ['in-sync', 'drifted', 'declared-only', 'observed-only', 'unknown'],
      },
      EvolutionDirection: {
        type: 'string',
        enum: ['backward', 'forward'],
      },
      EvolutionMode: {
        type: 'string',
        enum: ['NONE', 'BACKWARD', 'FORWARD', 'FULL', 'BACKWARD_TRANSITIVE', 'FORWARD_TRANSITIVE', 'FULL_TRANSITIVE'],
      },
      EvolutionOrigin: {
        type: 'string',
        enum: ['event type', 'domain', 'event repository', 'default'],
      },
      ContentModel: {
        type: 'string',
        enum: ['closed-world', 'open'],
      },
      VerdictKind: {
        type: 'string',
        enum: ['compatible', 'breaking', 'unknown'],
      },
      StepOutcome: {
        type: 'string',
        enum: ['kept', 'broken', 'excused', 'undecided', 'free'],
      },
      SemverStep: {
        type: 'string',
        enum: ['none', 'patch', 'minor', 'major'],
      },
      CompatibilityException: {
        type: 'object',
        required: ['version', 'by', 'reason', 'until'],
        additionalProperties: false,
        properties: {
          version: {
            type: 'string',
          },
          by: {
            type: 'string',
          },
          reason: {
            type: 'string',
          },
          until: {
            type: 'string',
          },
        },
      },
      EvolutionVerdict: {
        type: 'object',
        required: ['kind'],
        additionalProperties: false,
        properties: {
          kind: {
            $ref: '#/components/schemas/VerdictKind',
          },
          reason: {
            type: 'string',
          },
          counterexample: {
            $ref: '#/components/schemas/AnyJson',
          },
          findings: {
            type: 'array',
            items: {
              type: 'object',
              required: ['rule', 'direction', 'oldPointer', 'newPointer', 'instancePath', 'message', 'counterexample'],
              additionalProperties: false,
              properties: {
                rule: {
                  type: 'string',
                },
                direction: {
                  $ref: '#/components/schemas/EvolutionDirection',
                },
                oldPointer: {
                  type: 'string',
                },
                newPointer: {
                  type: 'string',
                },
                instancePath: {
                  type: 'string',
                },
                message: {
                  type: 'string',
                },
                counterexample: {
                  $ref: '#/components/schemas/AnyJson',
                },
              },
            },
          },
        },
      },
      EventTypeEvolution: {
        type: 'object',
        required: ['mode', 'origin', 'contentModel', 'steps', 'stepCount'],
        additionalProperties: false,
        properties: {
          mode: {
            $ref: '#/components/schemas/EvolutionMode',
          },
          origin: {
            $ref: '#/components/schemas/EvolutionOrigin',
          },
          contentModel: {
            $ref: '#/components/schemas/ContentModel',
          },
          stepCount: {
            type: 'integer',
          },
          steps: {
            type: 'array',
            items: {
              type: 'object',
              required: [
                'from',
                'to',
                'asked',
                'outcome',
                'brokenTowards',
                'backward',
                'forward',
                'semver',
                'changeCount',
              ],
              additionalProperties: false,
              properties: {
                from: {
                  type: 'string',
                },
                to: {
                  type: 'string',
                },
                asked: {
                  type: 'array',
                  items: {
                    $ref: '#/components/schemas/EvolutionDirection',
                  },
                },
                outcome: {
                  $ref: '#/components/schemas/StepOutcome',
                },
                brokenTowards: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                backward: {
                  $ref: '#/components/schemas/VerdictKind',
                },
                forward: {
                  $ref: '#/components/schemas/VerdictKind',
                },
                semver: {
                  $ref: '#/components/schemas/SemverStep',
                },
                changeCount: {
                  type: 'integer',
                },
                exception: {
                  $ref: '#/components/schemas/CompatibilityException',
                },
              },
            },
          },
        },
      },
      VersionComparison: {
        type: 'object',
        required: [
          'from',
          'to',
          'mode',
          'origin',
          'contentModel',
          'asked',
          'outcome',
          'backward',
          'forward',
          'changes',
          'semver',
        ],
        additionalProperties: false,
        properties: {
          from: {
            type: 'string',
          },
          to: {
            type: 'string',
          },
          mode: {
            $ref: '#/components/schemas/EvolutionMode',
          },
          origin: {
            $ref: '#/components/schemas/EvolutionOrigin',
          },
          contentModel: {
            $ref: '#/components/schemas/ContentModel',
          },
          asked: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/EvolutionDirection',
            },
          },
          outcome: {
            $ref: '#/components/schemas/StepOutcome',
          },
          backward: {
            $ref: '#/components/schemas/EvolutionVerdict',
          },
          forward: {
            $ref: '#/components/schemas/EvolutionVerdict',
          },
          semver: {
            $ref: '#/components/schemas/SemverStep',
          },
          exception: {
            $ref: '#/components/schemas/CompatibilityException',
          },
          changes: {
            type: 'array',
            items: {
              type: 'object',
              required: ['kind', 'path', 'message'],
              additionalProperties: false,
              properties: {
                kind: {
                  type: 'string',
                },
                path: {
                  type: 'string',
                },
                oldPointer: {
                  type: 'string',
                },
                newPointer: {
                  type: 'string',
                },
                message: {
                  type: 'string',
                },
                before: {
                  type: 'string',
                },
                after: {
                  type: 'string',
                },
              },
            },
          },
        },
      },
      AffectedSubscribers: {
        type: 'object',
        required: ['from', 'to', 'subscribers', 'subscriptionCount'],
        additionalProperties: false,
        properties: {
          from: {
            type: 'string',
          },
          to: {
            type: 'string',
          },
          subscriptionCount: {
            type: 'integer',
          },
          subscribers: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'service', 'subscription', 'owner', 'environments', 'verdict', 'match', 'reasons'],
              additionalProperties: false,
              properties: {
                id: {
                  type: 'string',
                },
                service: {
                  type: 'string',
                },
                subscription: {
                  type: 'string',
                },
                owner: {
                  type: 'string',
                },
                environments: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                verdict: {
                  type: 'string',
                  enum: ['unaffected', 'check', 'broken'],
                },
                match: {
                  type: 'string',
                  enum: ['same', 'no longer', 'newly', 'more', 'fewer', 'other', 'nothing', 'unknown'],
                },
                reasons: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                event: {
                  $ref: '#/components/schemas/AnyJson',
                },
              },
            },
          },
        },
      },
      EventTypeRef: {
        type: 'object',
        required: ['source', 'detailType'],
        additionalProperties: false,
        properties: {
          source: {
            type: 'string',
          },
          detailType: {
            type: 'string',
          },
        },
      },
      EventTypeSummary: {
        type: 'object',
        required: [
          'source',
          'detailType',
          'title',
          'summary',
          'owner',
          'lifecycle',
          'classification',
          'versionCount',
          'publishers',
          'subscriberCount',
          'tags',
          'standing',
          'origin',
        ],
        additionalProperties: false,
        properties: {
          source: {
            type: 'string',
          },
          detailType: {
            type: 'string',
          },
          title: {
            type: 'string',
          },
          summary: {
            type: 'string',
          },
          domain: {
            type: 'object',
            required: ['name', 'title'],
            additionalProperties: false,
            properties: {
              name: {
                type: 'string',
              },
              title: {
                type: 'string',
              },
            },
          },
          owner: {
            type: 'string',
          },
          lifecycle: {
            $ref: '#/components/schemas/Lifecycle',
          },
          classification: {
            $ref: '#/components/schemas/Classification',
          },
          version: {
            type: 'string',
          },
          versionCount: {
            type: 'integer',
          },
          publishers: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          subscriberCount: {
            type: 'integer',
          },
          tags: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          standing: {
            $ref: '#/components/schemas/Standing',
          },
          health: {
            type: 'object',
            required: ['level', 'message'],
            additionalProperties: false,
            properties: {
              level: {
                type: 'string',
                enum: ['warning', 'error'],
              },
              message: {
                type: 'string',
              },
            },
          },
          matchedFields: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          origin: {
            type: 'string',
          },
        },
      },
      EventTypePage: {
        type: 'object',
        required: ['items', 'totalItems'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/EventTypeSummary',
            },
          },
          totalItems: {
            type: 'integer',
          },
          nextCursor: {
            type: 'string',
          },
        },
      },
      EventTypeIndexPage: {
        type: 'object',
        required: ['items', 'totalItems'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['source', 'detailType', 'title', 'description', 'fields', 'publisherRefs', 'subscriberRefs'],
              additionalProperties: false,
              properties: {
                source: {
                  type: 'string',
                },
                detailType: {
                  type: 'string',
                },
                title: {
                  type: 'string',
                },
                summary: {
                  type: 'string',
                },
                domain: {
                  type: 'object',
                  required: ['name', 'title'],
                  additionalProperties: false,
                  properties: {
                    name: {
                      type: 'string',
                    },
                    title: {
                      type: 'string',
                    },
                  },
                },
                owner: {
                  type: 'string',
                },
                lifecycle: {
                  $ref: '#/components/schemas/Lifecycle',
                },
                classification: {
                  $ref: '#/components/schemas/Classification',
                },
                version: {
                  type: 'string',
                },
                versionCount: {
                  type: 'integer',
                },
                publishers: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                subscriberCount: {
                  type: 'integer',
                },
                tags: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                standing: {
                  $ref: '#/components/schemas/Standing',
                },
                health: {
                  type: 'object',
                  required: ['level', 'message'],
                  additionalProperties: false,
                  properties: {
                    level: {
                      type: 'string',
                      enum: ['warning', 'error'],
                    },
                    message: {
                      type: 'string',
                    },
                  },
                },
                matchedFields: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                origin: {
                  type: 'string',
                },
                description: {
                  type: 'string',
                },
                fields: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                publisherRefs: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                subscriberRefs: {
                  type: 'array',
                  items: {
                    type: 'string',
                  },
                },
                system: {
                  type: 'string',
                },
              },
            },
          },
          totalItems: {
            type: 'integer',
          },
          nextCursor: {
            type: 'string',
          },
        },
      },
      EventTypeFacets: {
        type: 'object',
        required: ['totalItems', 'facets'],
        additionalProperties: false,
        properties: {
          totalItems: {
            type: 'integer',
          },
          facets: {
            type: 'object',
            required: ['domain', 'owner', 'publisher', 'lifecycle', 'classification', 'bus'],
            additionalProperties: {
              $ref: '#/components/schemas/FacetValues',
            },
          },
        },
      },
      FacetValues: {
        type: 'array',
        items: {
          type: 'object',
          required: ['value', 'label', 'count'],
          additionalProperties: false,
          properties: {
            value: {
              type: 'string',
            },
            label: {
              type: 'string',
            },
            count: {
              type: 'integer',
            },
          },
        },
      },
      EventTypeDetail: {
        type: 'object',
        required: [
          'source',
          'detailType',
          'title',
          'description',
          'links',
          'personalData',
          'eventPaths',
          'versions',
          'publisherServices',
          'buses',
        ],
        additionalProperties: false,
        properties: {
          source: {
            type: 'string',
          },
          detailType: {
            type: 'string',
          },
          title: {
            type: 'string',
          },
          summary: {
            type: 'string',
          },
          domain: {
            type: 'object',
            required: ['name', 'title'],
            additionalProperties: false,
            properties: {
              name: {
                type: 'string',
              },
              title: {
                type: 'string',
              },
            },
          },
          owner: {
            type: 'string',
          },
          lifecycle: {
            $ref: '#/components/schemas/Lifecycle',
          },
          classification: {
            $ref: '#/components/schemas/Classification',
          },
          version: {
            type: 'string',
          },
          versionCount: {
            type: 'integer',
          },
          publishers: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          subscriberCount: {
            type: 'integer',
          },
          tags: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          standing: {
            $ref: '#/components/schemas/Standing',
          },
          health: {
            type: 'object',
            required: ['level', 'message'],
            additionalProperties: false,
            properties: {
              level: {
                type: 'string',
                enum: ['warning', 'error'],
              },
              message: {
                type: 'string',
              },
            },
          },
          matchedFields: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          origin: {
            type: 'string',
          },
          description: {
            type: 'string',
          },
          links: {
            type: 'array',
            items: {
              type: 'object',
              required: ['title', 'url'],
              additionalProperties: false,
              properties: {
                title: {
                  type: 'string',
                },
                url: {
                  type: 'string',
                },
              },
            },
          },
          personalData: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          eventPaths: {
            type: 'object',
            additionalProperties: false,
            properties: {
              metadata: {
                type: 'string',
              },
              data: {
                type: 'string',
              },
            },
          },
          deprecation: {
            type: 'object',
            required: ['since', 'reason'],
            additionalProperties: false,
            properties: {
              since: {
                type: 'string',
              },
              sunset: {
                type: 'string',
              },
              reason: {
                type: 'string',
              },
              replacement: {
                $ref: '#/components/schemas/EventTypeRef',
              },
            },
          },
          versions: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/SchemaVersionSummary',
            },
          },
          publisherServices: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ServiceSummary',
            },
          },
          buses: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/BusRef',
            },
          },
          declaredAt: {
            $ref: '#/components/schemas/DeclaredAt',
          },
          entityRef: {
            type: 'string',
          },
        },
      },
      SchemaVersionSummary: {
        type: 'object',
        required: ['version', 'exampleCount', 'size', 'subscriberCount'],
        additionalProperties: false,
        properties: {
          version: {
            type: 'string',
          },
          released: {
            type: 'string',
          },
          notes: {
            type: 'string',
          },
          exampleCount: {
            type: 'integer',
          },
          size: {
            type: 'integer',
          },
          subscriberCount: {
            type: 'integer',
          },
        },
      },
      SchemaVersionDetail: {
        type: 'object',
        required: ['version', 'exampleCount', 'size', 'subscriberCount', 'schema', 'examples'],
        additionalProperties: false,
        properties: {
          version: {
            type: 'string',
          },
          released: {
            type: 'string',
          },
          notes: {
            type: 'string',
          },
          exampleCount: {
            type: 'integer',
          },
          size: {
            type: 'integer',
          },
          subscriberCount: {
            type: 'integer',
          },
          schema: {
            $ref: '#/components/schemas/AnyJson',
          },
          examples: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'value'],
              additionalProperties: false,
              properties: {
                name: {
                  type: 'string',
                },
                value: {
                  $ref: '#/components/schemas/AnyJson',
                },
              },
            },
          },
        },
      },
      DeclaredAt: {
        type: 'object',
        required: ['file', 'line'],
        additionalProperties: false,
        properties: {
          file: {
            type: 'string',
          },
          line: {
            type: 'integer',
          },
          url: {
            type: 'string',
          },
        },
      },
      ServiceSummary: {
        type: 'object',
        required: ['name', 'title', 'owner'],
        additionalProperties: false,
        properties: {
          name: {
            type: 'string',
          },
          title: {
            type: 'string',
          },
          owner: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          entityRef: {
            type: 'string',
          },
        },
      },
      ServiceDetail: {
        type: 'object',
        required: ['name', 'title', 'owner', 'description', 'environments', 'publishes', 'subscriptions'],
        additionalProperties: false,
        properties: {
          name: {
            type: 'string',
          },
          title: {
            type: 'string',
          },
          owner: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          entityRef: {
            type: 'string',
          },
          description: {
            type: 'string',
          },
          repository: {
            type: 'string',
          },
          environments: {
            type: 'array',
            items: {
              type: 'object',
              required: ['environment', 'account', 'region'],
              additionalProperties: false,
              properties: {
                environment: {
                  type: 'string',
                },
                account: {
                  $ref: '#/components/schemas/AccountRef',
                },
                region: {
                  type: 'string',
                },
              },
            },
          },
          publishes: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/EventTypeSummary',
            },
          },
          subscriptions: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/SubscriptionSummary',
            },
          },
        },
      },
      AccountRef: {
        type: 'object',
        required: ['id', 'name'],
        additionalProperties: false,
        properties: {
          id: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          title: {
            type: 'string',
          },
        },
      },
      AccountSummary: {
        type: 'object',
        required: ['id', 'name', 'owner', 'regions', 'busCount', 'ruleCount', 'services'],
        additionalProperties: false,
        properties: {
          id: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          title: {
            type: 'string',
          },
          owner: {
            type: 'string',
          },
          environment: {
            type: 'string',
          },
          regions: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          busCount: {
            type: 'integer',
          },
          ruleCount: {
            type: 'integer',
          },
          services: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
        },
      },
      BusRef: {
        type: 'object',
        required: ['arn', 'name', 'account', 'region'],
        additionalProperties: false,
        properties: {
          arn: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          account: {
            $ref: '#/components/schemas/AccountRef',
          },
          region: {
            type: 'string',
          },
          environment: {
            type: 'string',
          },
        },
      },
      TargetSummary: {
        type: 'object',
        required: ['type', 'name'],
        additionalProperties: false,
        properties: {
          type: {
            type: 'string',
            enum: ['sqs', 'lambda', 'step-functions', 'bus', 'other'],
          },
          name: {
            type: 'string',
          },
          arn: {
            type: 'string',
          },
        },
      },
      SubscriptionSummary: {
        type: 'object',
        required: [
          'id',
          'name',
          'service',
          'environment',
          'account',
          'region',
          'bus',
          'description',
          'filter',
          'eventTypes',
          'eventTypeCount',
          'target',
          'enabled',
          'standing',
          'origin',
        ],
        additionalProperties: false,
        properties: {
          id: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          service: {
            $ref: '#/components/schemas/ServiceSummary',
          },
          environment: {
            type: 'string',
          },
          account: {
            $ref: '#/components/schemas/AccountRef',
          },
          region: {
            type: 'string',
          },
          bus: {
            type: 'string',
          },
          description: {
            type: 'string',
          },
          filter: {
            type: 'array',
            items: {
              type: 'object',
              required: ['field', 'words'],
              additionalProperties: false,
              properties: {
                field: {
                  type: 'string',
                },
                words: {
                  type: 'string',
                },
              },
            },
          },
          eventTypes: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/EventTypeRef',
            },
          },
          eventTypeCount: {
            type: 'integer',
          },
          target: {
            $ref: '#/components/schemas/TargetSummary',
          },
          enabled: {
            type: 'boolean',
          },
          standing: {
            $ref: '#/components/schemas/Standing',
          },
          origin: {
            type: 'string',
          },
        },
      },
      SubscriptionPage: {
        type: 'object',
        required: ['items', 'totalItems'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/SubscriptionSummary',
            },
          },
          totalItems: {
            type: 'integer',
          },
          nextCursor: {
            type: 'string',
          },
        },
      },
      SubscriptionVerdicts: {
        type: 'object',
        required: ['eventTypes', 'eventTypeCount', 'hasFilter'],
        additionalProperties: false,
        properties: {
          eventTypes: {
            type: 'array',
            items: {
              type: 'object',
              required: ['source', 'detailType', 'versions', 'versionCount'],
              additionalProperties: false,
              properties: {
                source: {
                  type: 'string',
                },
                detailType: {
                  type: 'string',
                },
                versions: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['version', 'verdict', 'reasons'],
                    additionalProperties: false,
                    properties: {
                      version: {
                        type: 'string',
                      },
                      verdict: {
                        type: 'string',
                        enum: ['always', 'sometimes', 'never', 'unknown'],
                      },
                      reasons: {
                        type: 'array',
                        items: {
                          type: 'string',
                        },
                      },
                      matching: {
                        $ref: '#/components/schemas/AnyJson',
                      },
                      notMatching: {
                        $ref: '#/components/schemas/AnyJson',
                      },
                    },
                  },
                },
                versionCount: {
                  type: 'integer',
                },
              },
            },
          },
          eventTypeCount: {
            type: 'integer',
          },
          hasFilter: {
            type: 'boolean',
            description: 'More is asked for than source, detail-type and schema version',
          },
        },
      },
      ReceiversPage: {
        type: 'object',
        required: ['items', 'totalItems', 'eventType', 'isKnown', 'receiving', 'missing', 'environments'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/SubscriptionSummary',
            },
          },
          totalItems: {
            type: 'integer',
          },
          nextCursor: {
            type: 'string',
          },
          eventType: {
            $ref: '#/components/schemas/EventTypeRef',
          },
          isKnown: {
            type: 'boolean',
            description: 'Whether a source holds the event type and the person may see it',
          },
          receiving: {
            type: 'integer',
            description: 'Subscriptions whose pattern takes the event',
          },
          missing: {
            type: 'integer',
            description: 'Subscriptions to its event type whose pattern does not take it',
          },
          environments: {
            $ref: '#/components/schemas/FacetValues',
          },
        },
      },
      SubscriptionFacets: {
        type: 'object',
        required: ['totalItems', 'facets'],
        additionalProperties: false,
        properties: {
          totalItems: {
            type: 'integer',
          },
          facets: {
            type: 'object',
            required: ['service', 'environment', 'account', 'standing', 'targetType'],
            additionalProperties: {
              $ref: '#/components/schemas/FacetValues',
            },
          },
        },
      },
      SubscriptionDetail: {
        type: 'object',
        required: [
          'id',
          'name',
          'service',
          'environment',
          'account',
          'pattern',
          'hops',
          'delivery',
          'differences',
          'permissions',
        ],
        additionalProperties: false,
        properties: {
          id: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          service: {
            $ref: '#/components/schemas/ServiceSummary',
          },
          environment: {
            type: 'string',
          },
          account: {
            $ref: '#/components/schemas/AccountRef',
          },
          region: {
            type: 'string',
          },
          bus: {
            type: 'string',
          },
          description: {
            type: 'string',
          },
          filter: {
            type: 'array',
            items: {
              type: 'object',
              required: ['field', 'words'],
              additionalProperties: false,
              properties: {
                field: {
                  type: 'string',
                },
                words: {
                  type: 'string',
                },
              },
            },
          },
          eventTypes: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/EventTypeRef',
            },
          },
          eventTypeCount: {
            type: 'integer',
          },
          target: {
            $ref: '#/components/schemas/TargetSummary',
          },
          enabled: {
            type: 'boolean',
          },
          standing: {
            $ref: '#/components/schemas/Standing',
          },
          origin: {
            type: 'string',
          },
          pattern: {
            $ref: '#/components/schemas/AnyJson',
          },
          hops: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/RuleHop',
            },
          },
          delivery: {
            type: 'object',
            required: ['maximumEventAgeSeconds', 'maximumRetryAttempts'],
            additionalProperties: false,
            properties: {
              maximumEventAgeSeconds: {
                type: 'integer',
              },
              maximumRetryAttempts: {
                type: 'integer',
              },
              deadLetterQueue: {
                type: 'string',
              },
            },
          },
          differences: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/Difference',
            },
          },
          permissions: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/PermissionInWords',
            },
          },
          declaredAt: {
            $ref: '#/components/schemas/DeclaredAt',
          },
        },
      },
      RuleHop: {
        type: 'object',
        required: ['bus', 'rule', 'targets', 'standing'],
        additionalProperties: false,
        properties: {
          bus: {
            $ref: '#/components/schemas/BusRef',
          },
          rule: {
            type: 'object',
            required: ['name', 'arn', 'enabled', 'consoleUrl'],
            additionalProperties: false,
            properties: {
              name: {
                type: 'string',
              },
              arn: {
                type: 'string',
              },
              enabled: {
                type: 'boolean',
              },
              consoleUrl: {
                type: 'string',
              },
            },
          },
          targets: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'arn'],
              additionalProperties: false,
              properties: {
                id: {
                  type: 'string',
                },
                arn: {
                  type: 'string',
                },
                roleArn: {
                  type: 'string',
                },
                deadLetterArn: {
                  type: 'string',
                },
              },
            },
          },
          standing: {
            $ref: '#/components/schemas/Standing',
          },
        },
      },
      Difference: {
        type: 'object',
        required: ['field'],
        additionalProperties: false,
        properties: {
          field: {
            type: 'string',
          },
          declared: {
            type: 'string',
          },
          observed: {
            type: 'string',
          },
        },
      },
      PermissionInWords: {
        type: 'object',
        required: ['words', 'effect', 'statement'],
        additionalProperties: false,
        properties: {
          words: {
            type: 'string',
          },
          effect: {
            type: 'string',
            enum: ['Allow', 'Deny'],
          },
          statement: {
            $ref: '#/components/schemas/AnyJson',
          },
        },
      },
      MetricPoint: {
        type: 'object',
        required: ['time', 'value'],
        additionalProperties: false,
        properties: {
          time: {
            type: 'string',
          },
          value: {
            type: 'number',
          },
        },
      },
      MetricsDay: {
        type: 'object',
        required: ['period', 'source', 'until', 'matched', 'failed', 'deadLettered'],
        additionalProperties: false,
        properties: {
          period: {
            type: 'string',
            enum: ['hour'],
          },
          source: {
            type: 'string',
            enum: ['CloudWatch'],
          },
          until: {
            type: 'string',
          },
          matched: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/MetricPoint',
            },
          },
          failed: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/MetricPoint',
            },
          },
          deadLettered: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/MetricPoint',
            },
          },
        },
      },
      QuotaUse: {
        type: 'object',
        required: ['name', 'used', 'limit', 'unit'],
        additionalProperties: false,
        properties: {
          name: {
            type: 'string',
          },
          used: {
            type: 'integer',
          },
          limit: {
            type: 'integer',
          },
          unit: {
            type: 'string',
            enum: ['rules', 'characters', 'targets', 'buses'],
          },
        },
      },
      BusSummary: {
        type: 'object',
        required: ['arn', 'name', 'account', 'region', 'role', 'standing', 'ruleCount', 'quotas', 'origin'],
        additionalProperties: false,
        properties: {
          arn: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          account: {
            $ref: '#/components/schemas/AccountRef',
          },
          region: {
            type: 'string',
          },
          environment: {
            type: 'string',
          },
          description: {
            type: 'string',
          },
          role: {
            type: 'string',
            enum: ['central', 'subscriber', 'other'],
          },
          standing: {
            $ref: '#/components/schemas/Standing',
          },
          ruleCount: {
            type: 'integer',
          },
          quotas: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/QuotaUse',
            },
          },
          origin: {
            type: 'string',
          },
        },
      },
      BusPage: {
        type: 'object',
        required: ['items', 'totalItems'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/BusSummary',
            },
          },
          totalItems: {
            type: 'integer',
          },
          nextCursor: {
            type: 'string',
          },
        },
      },
      BusDetail: {
        type: 'object',
        required: ['arn', 'name', 'account', 'region', 'role', 'standing', 'permissions', 'differences', 'rules'],
        additionalProperties: false,
        properties: {
          arn: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          account: {
            $ref: '#/components/schemas/AccountRef',
          },
          region: {
            type: 'string',
          },
          environment: {
            type: 'string',
          },
          description: {
            type: 'string',
          },
          role: {
            type: 'string',
            enum: ['central', 'subscriber', 'other'],
          },
          standing: {
            $ref: '#/components/schemas/Standing',
          },
          ruleCount: {
            type: 'integer',
          },
          quotas: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/QuotaUse',
            },
          },
          origin: {
            type: 'string',
          },
          permissions: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/PermissionInWords',
            },
          },
          differences: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/Difference',
            },
          },
          rules: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'arn', 'enabled', 'standing', 'targetCount'],
              additionalProperties: false,
              properties: {
                name: {
                  type: 'string',
                },
                arn: {
                  type: 'string',
                },
                enabled: {
                  type: 'boolean',
                },
                pattern: {
                  $ref: '#/components/schemas/AnyJson',
                },
                standing: {
                  $ref: '#/components/schemas/Standing',
                },
                subscriptionId: {
                  type: 'string',
                },
                targetCount: {
                  type: 'integer',
                },
              },
            },
          },
        },
      },
      FlowMap: {
        type: 'object',
        required: ['domains', 'services', 'eventTypes', 'edges'],
        additionalProperties: false,
        properties: {
          domains: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'title'],
              additionalProperties: false,
              properties: {
                name: {
                  type: 'string',
                },
                title: {
                  type: 'string',
                },
              },
            },
          },
          services: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'title', 'owner'],
              additionalProperties: false,
              properties: {
                name: {
                  type: 'string',
                },
                title: {
                  type: 'string',
                },
                domain: {
                  type: 'string',
                },
                owner: {
                  type: 'string',
                },
              },
            },
          },
          eventTypes: {
            type: 'array',
            items: {
              type: 'object',
              required: ['source', 'detailType', 'title', 'lifecycle'],
              additionalProperties: false,
              properties: {
                source: {
                  type: 'string',
                },
                detailType: {
                  type: 'string',
                },
                title: {
                  type: 'string',
                },
                domain: {
                  type: 'string',
                },
                lifecycle: {
                  $ref: '#/components/schemas/Lifecycle',
                },
              },
            },
          },
          edges: {
            type: 'array',
            items: {
              type: 'object',
              required: ['kind', 'service', 'eventType', 'standing'],
              additionalProperties: false,
              properties: {
                kind: {
                  type: 'string',
                  enum: ['publishes', 'subscribes'],
                },
                service: {
                  type: 'integer',
                },
                eventType: {
                  type: 'integer',
                },
                standing: {
                  $ref: '#/components/schemas/Standing',
                },
              },
            },
          },
          omittedEventTypes: {
            type: 'integer',
          },
        },
      },
      SourceStatus: {
        type: 'object',
        required: ['id', 'kind', 'title', 'target', 'state', 'counts', 'problemCount'],
        additionalProperties: false,
        properties: {
          id: {
            type: 'string',
          },
          kind: {
            type: 'string',
            enum: ['event-repository', 'aws'],
          },
          title: {
            type: 'string',
          },
          target: {
            type: 'string',
          },
          state: {
            type: 'string',
            enum: ['fresh', 'stale', 'reading', 'never-read'],
          },
          reason: {
            type: 'string',
          },
          version: {
            type: 'string',
          },
          lastReadAt: {
            type: 'string',
          },
          lastAttemptAt: {
            type: 'string',
          },
          lastReadMs: {
            type: 'integer',
          },
          counts: {
            type: 'object',
            additionalProperties: {
              type: 'integer',
            },
          },
          problemCount: {
            type: 'integer',
          },
        },
      },
      SourceProblem: {
        type: 'object',
        required: ['file', 'line', 'column', 'rule', 'severity', 'message'],
        additionalProperties: false,
        properties: {
          file: {
            type: 'string',
          },
          line: {
            type: 'integer',
          },
          column: {
            type: 'integer',
          },
          rule: {
            type: 'string',
          },
          severity: {
            type: 'string',
            enum: ['error', 'warning'],
          },
          message: {
            type: 'string',
          },
        },
      },
      SourceProblemPage: {
        type: 'object',
        required: ['items', 'totalItems'],
        additionalProperties: false,
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/SourceProblem',
            },
          },
          totalItems: {
            type: 'integer',
          },
          nextCursor: {
            type: 'string',
          },
        },
      },
      Overview: {
        type: 'object',
        required: ['eventTypes', 'services', 'subscriptions', 'buses', 'drifted', 'sources'],
        additionalProperties: false,
        properties: {
          eventTypes: {
            type: 'integer',
          },
          services: {
            type: 'integer',
          },
          subscriptions: {
            type: 'integer',
          },
          buses: {
            type: 'integer',
          },
          drifted: {
            type: 'integer',
          },
          sources: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/SourceStatus',
            },
          },
        },
      },
    },
  },
};
