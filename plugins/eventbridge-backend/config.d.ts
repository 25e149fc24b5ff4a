import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  /** The event portal for Amazon EventBridge. */
  eventbridge?: {
    sources?: {
      /** Event repositories: what is declared. Where two declare the same event type, the first one counts. */
      repositories?: Array<{
        /** Stays the same for as long as the source is the same: letters, digits, `-` and `_`. */
        id: string;
        /** Name on the pages; the id if left out. */
        title?: string;
        /**
         * A folder (relative to the working directory of the backend) or the URL of a folder on a forge that is known to
         * `integrations`, such as `https://github.com/my-company/events/tree/main/`. Left out where `forge` is given.
         */
        target?: string;
        /** `owner/name` of the repository on the forge of `eventbridge.changes`: onboarding opens pull requests there. For one source. */
        forge?: string;
        /** How often it is read; every minute for a folder and every five minutes for a URL if left out. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      }>;
      /** AWS: what is observed. Credentials come from the `aws` section of the configuration. */
      aws?: Array<{
        /** Stays the same for as long as the source is the same: letters, digits, `-` and `_`. */
        id: string;
        /** Name on the pages; the id if left out. */
        title?: string;
        /** 12-digit account ids to read. All accounts that the event repositories declare if left out. */
        accounts?: string[];
        /** Regions to read in every account, such as `eu-west-1`. */
        regions: string[];
        /**
         * Name of the role to assume in every account, such as `busline-reader`. Without it the credentials that the `aws`
         * section of the configuration gives for the account are used as they are.
         */
        roleName?: string;
        /** Instead of `roleName`: the whole ARN, in which `{account}` stands for the account id. */
        roleArn?: string;
        /**
         * External id for assuming the role.
         * @visibility secret
         */
        externalId?: string;
        /** Endpoint instead of AWS's own, such as that of the local server for laptops and tests. */
        endpoint?: string;
        /** Whether event types are read from schema registries too; true if left out. */
        schemas?: boolean;
        /** Milliseconds after which one account in one Region is given up for this time; 120000 if left out. */
        timeoutMs?: number;
        /** How many accounts are read at once; 8 if left out. */
        concurrency?: number;
        /** How often it is read; every ten minutes if left out. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      }>;
    };
    /** Quotas that AWS has raised for the accounts; AWS's defaults if left out. Plans and pages count against them. */
    quotas?: {
      /** Rules a bus; 300 by default. */
      rulesPerBus?: number;
      /** 5 by default. */
      targetsPerRule?: number;
      /** Characters of a bus policy; 10240 by default. */
      busPolicySize?: number;
      /** Characters of an event pattern; 2048 by default. */
      eventPatternSize?: number;
      /** Buses an account and Region; 100 by default. */
      eventBuses?: number;
      /** IAM roles an account; 1000 by default. */
      rolesPerAccount?: number;
    };
    /** Onboarding: pull requests, and what follows them. Left out: the portal is for reading only. */
    changes?: {
      /** Where pull requests live. */
      forge:
        | {
            type: 'github';
            /** Host of an entry of `integrations.github`, whose credentials are used; github.com if left out. */
            host?: string;
          }
        | {
            /** Bare repositories on disk: for laptops and tests. They can be cloned by anyone who reaches the portal. */
            type: 'local';
            /** Folder of the repositories, relative to the working directory of the backend. */
            directory: string;
            /** What addresses of repositories begin with for which this forge stands in; `https://github.com/` if left out. */
            insteadOf?: string | string[];
          };
      /** Deployment by the portal itself, from the files on main. Left out where a workflow on the forge deploys. */
      deployment?: {
        /** Name of the role to assume in every account, such as `busline-deployer`. */
        roleName?: string;
        /** Instead of `roleName`: the whole ARN, in which `{account}` stands for the account id. */
        roleArn?: string;
        /**
         * External id for assuming the role.
         * @visibility secret
         */
        externalId?: string;
        /** Endpoint instead of AWS's own, such as that of the local server for laptops and tests. */
        endpoint?: string;
      };
      /** Seconds between two looks at open change requests; 5 for a local forge and 60 for GitHub if left out. */
      followSeconds?: number;
    };
    /** Minutes for which metrics from CloudWatch are kept; 5 if left out. */
    metricsCacheMinutes?: number;
  };
}
