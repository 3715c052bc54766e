/** A partner keeps a running hub's checkpoints, with a key and without its database, and sees when its log is another one. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNote, signedNote, signingKey } from '../../src/audit/checkpoint.ts';
import { hubFolder, type RunningHub, runHeadwater, startHub } from '../support/hub-process.ts';

const folder = hubFolder();
const partner = hubFolder();
let hub: RunningHub;
let keyFile: string;
let notes: string;

beforeAll(async () => {
  hub = await startHub(folder);
  keyFile = path.join(path.dirname(partner.data), 'key');
  notes = path.join(path.dirname(partner.data), 'notes');
  writeFileSync(keyFile, `${hub.key('lantern-line', 'analyst')}\n`);
});
afterAll(async () => {
  await hub.end('SIGKILL');
  folder.remove();
  partner.remove();
});

const witness = (...more: readonly string[]) =>
  runHeadwater(partner, 'witness', hub.address, '--key-file', keyFile, '--notes', notes, ...more);

describe('a partner', () => {
  it('is handed a checkpoint with every answer, and none without a key', async () => {
    const asked = (authorization: string): Promise<Response> =>
      fetch(`${hub.address}/graphql`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ auditCheckpoint { note publicKey } }' }),
      });
    const answer = await asked(`Bearer ${readFileSync(keyFile, 'utf8').trim()}`);
    const { data } = (await answer.json()) as {
      data: { auditCheckpoint: { note: string; publicKey: string } };
    };
    expect(answer.headers.get('headwater-checkpoint')).toBe(data.auditCheckpoint.note);
    expect(readNote(data.auditCheckpoint.note, data.auditCheckpoint.publicKey).accepted).toBe(true);
    expect((await asked('Bearer hw_wrong')).headers.get('headwater-checkpoint')).toBeNull();
  });

  it('keeps the first it meets, and then sees that the log only grew', () => {
    const first = witness();
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('kept the first checkpoint') });
    expect(witness()).toMatchObject({ code: 0, out: expect.stringContaining('the log only grew since') });
    const verified = runHeadwater(folder, 'audit', 'verify', '--since', notes);
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringContaining('it goes on from the checkpoint given'),
    });
    expect(runHeadwater(folder, 'audit', 'checkpoint').out.trim()).toBe(lastNote());
    // Without a checkpoint nothing is compared: that is no good news.
    const empty = `${notes}.empty`;
    writeFileSync(empty, '\n');
    expect(runHeadwater(folder, 'audit', 'verify', '--since', empty)).toMatchObject({
      code: 2,
      err: expect.stringContaining('found no checkpoint in it'),
    });
    expect(runHeadwater(folder, 'audit', 'verify', '--since', 'nowhere.notes').err).toContain(
      'found no such file',
    );
  });

  it('sees a log that is not the one of which it keeps a checkpoint, and another signer', () => {
    const pinned = lastNote().split(' ')[4] ?? '';
    expect(witness('--public-key', pinned).code).toBe(0);
    const other = signingKey(Buffer.alloc(32, 9));
    const read = readNote(lastNote(), pinned);
    appendFileSync(notes, `${signedNote(read.accepted ? read.value : never(), other)}\n`);
    const seen = witness();
    expect(seen).toMatchObject({ code: 3, out: expect.stringContaining('cannot show that its log goes on') });
    const refused = runHeadwater(folder, 'audit', 'verify', '--since', notes);
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain('wanted one signed by');
  });

  it('is told what is wrong with what it typed', () => {
    expect(witness('--what').code).toBe(2);
    expect(
      runHeadwater(partner, 'witness', 'ftp://hub', '--key-file', keyFile, '--notes', notes).err,
    ).toContain('wanted one like https://hub.example.org');
  });
});

const lastNote = (): string => readFileSync(notes, 'utf8').trim().split('\n').at(-1) ?? '';
const never = (): never => {
  throw new Error('the checkpoint kept is none');
};
