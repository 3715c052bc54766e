/** More records of what a target is: a later report names it, and what that says speaks for the target from now on. */
import type { ViewerReader } from '../../access/reader.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { ActRequest, DoneOnce } from '../acts/once.service.ts';
import { goneFaults, joinsOf } from './openable.service.ts';
import { checkReadsTargets, onTarget, type TargetRead } from './target.service.ts';
import { heldRecords, MOST_RECORDS, openOnes } from './target.store.ts';

/**
 * Each must share an identifier, a name or a person with what is seen of the target. One that was ready is developing again: whoever called it ready had
 * not seen these, and whoever adds them does not refer it alone.
 */
export async function addToTarget(
  tools: ImportTools,
  request: ActRequest,
  reader: ViewerReader,
  target: TargetRead,
  said: readonly string[],
): Promise<Outcome<DoneOnce>> {
  checkReadsTargets(request.viewer);
  const entityIds = [...new Set(said.map((id) => id.toLowerCase()))];
  const joined = isId(target.id) ? await joinsOf(reader, target.id, said) : accept(undefined);
  return onTarget(
    tools,
    request,
    ['added to target', request.viewer.keyId, target, said],
    target,
    async (connection, row, ownerId) => {
      if (!joined.accepted) return joined;
      const gone = await goneFaults(connection, entityIds);
      if (gone.length > 0) return refuse(...gone);
      const { putIn, known } = await heldRecords(connection, row.id, entityIds);
      if (known.length > 0)
        return refuse(found(`${known.join(', ')}, of this target`, 'what it has not yet'));
      if (putIn + entityIds.length > MOST_RECORDS)
        return refuse(
          found(`${entityIds.length} more to ${putIn} that were put in`, `${MOST_RECORDS} in all at most`),
        );
      const other = await openOnes(connection, ownerId, entityIds);
      if (other.held !== null)
        return refuse(found(`the open target ${other.held}`, 'what no open target has'));
      const stage = row.stage === 'ready' ? 'developing' : row.stage;
      return accept({ ...row, stage, act: 'add_to_target', added: entityIds });
    },
  );
}

function found(what: string, wanted: string): Reason {
  return { where: 'entityIds', found: what, wanted };
}
