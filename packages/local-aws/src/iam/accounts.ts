/** An AWS account id. */
export const ACCOUNT = /^\d{12}$/;

/** IAM and STS are one for all Regions. */
export const GLOBAL_REGION = 'global';
