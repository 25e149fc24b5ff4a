/** Another validator's word on a counterexample. */
import Ajv from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const OPTIONS = { strict: false, logger: false, validateSchema: false } as const;

function validatorFor(schema: unknown): (value: unknown) => unknown {
  const named = typeof schema === 'object' && schema !== null && '$schema' in schema ? String(schema.$schema) : '';
  const ajv = named.includes('draft-04')
    ? (new AjvDraft04(OPTIONS) as unknown as Ajv)
    : named.includes('2019-09')
    ? (new Ajv2019(OPTIONS) as unknown as Ajv)
    : /draft-0[67]/.test(named)
    ? new Ajv(OPTIONS)
    : (new Ajv2020(OPTIONS) as unknown as Ajv);
  if (named.includes('draft-06')) {
    ajv.opts.validateSchema = false;
    // eslint-disable-next-line @typescript-eslint/no-require-imports, global-require
    ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  }
  addFormats(ajv);
  return ajv.compile(schema as object);
}

/** Whether Ajv accepts the value for the writer and rejects it for the reader; false where it cannot tell. */
export function confirms(writer: unknown, reader: unknown, value: unknown): boolean {
  try {
    return validatorFor(writer)(value) === true && validatorFor(reader)(value) === false;
  } catch {
    return false;
  }
}
