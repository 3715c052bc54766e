/** The import rules of the house, for `depcruise src seeds bench`; they are written and tested in test/contract/house/. */
import { CRUISE_OPTIONS, IMPORT_RULES } from './test/contract/house/import-rules.ts';

export default { forbidden: IMPORT_RULES, options: CRUISE_OPTIONS };
