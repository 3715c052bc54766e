/** Prepared data folders: a migrated one with the gazetteer, and one with the demo too, so that a first start copies instead of builds. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { HeadwaterError } from '../kernel/errors.ts';
import { type FolderLock, takeFolder } from '../platform/folder-lock.ts';
import { loadDemo } from './demo.service.ts';
import { atlasFile, codeDigest, openHub, PREPARED_FOLDER } from './hub.ts';

export type TemplateKind = 'base' | 'demo';

export interface TemplateFolders {
  readonly data: string;
  readonly keys: string;
}

const CACHE = PREPARED_FOLDER;

/** Where a template made by exactly this code is, or null when there is none. */
export function findTemplate(kind: TemplateKind, digest = codeDigest()): TemplateFolders | null {
  const folders = foldersOf(path.join(CACHE, digest), kind);
  return existsSync(folders.data) && existsSync(folders.keys) ? folders : null;
}

/** Builds both templates unless they are there; takes about a minute. Templates of other code are removed. */
export async function buildTemplates(onProgress: (message: string) => void): Promise<void> {
  const digest = codeDigest();
  const ready = (): boolean => findTemplate('base', digest) !== null && findTemplate('demo', digest) !== null;
  if (ready()) return;
  mkdirSync(CACHE, { recursive: true });
  const lock = await waitForFolder(path.join(CACHE, 'preparing'));
  const draft = path.join(CACHE, `draft-${process.pid}`);
  try {
    // Somebody else may have built them while this process waited.
    if (ready()) return;
    const base = foldersOf(draft, 'base');
    const demo = foldersOf(draft, 'demo');
    mkdirSync(path.dirname(base.data), { recursive: true });
    await (
      await openHub({ database: { mode: 'embedded', folder: base.data }, keysFolder: base.keys, onProgress })
    ).close();
    copyTemplate(base, demo);
    const hub = await openHub({ database: { mode: 'embedded', folder: demo.data }, keysFolder: demo.keys });
    await loadDemo(hub, onProgress);
    await hub.close();
    for (const old of readdirSync(CACHE)) {
      if (![path.basename(draft), path.basename(atlasFile())].includes(old) && !old.startsWith('preparing'))
        rmSync(path.join(CACHE, old), { recursive: true, force: true });
    }
    rmSync(path.join(CACHE, digest), { recursive: true, force: true });
    renameSync(draft, path.join(CACHE, digest));
  } finally {
    rmSync(draft, { recursive: true, force: true });
    lock.release();
  }
}

/** Several test runs may start at once: one builds, the others wait for it. */
async function waitForFolder(folder: string): Promise<FolderLock> {
  for (;;) {
    try {
      return takeFolder(folder, 'preparing a data folder');
    } catch (error) {
      if (!(error instanceof HeadwaterError) || error.code !== 'BUSY') throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/**
 * A copy for one hub; the data and key folders must be empty or not exist yet. Copied beside and moved whole: a copy that was cut short is
 * never taken for a data folder.
 */
export function copyTemplate(from: TemplateFolders, to: TemplateFolders): void {
  const drafts = { data: `${to.data}.copying`, keys: `${to.keys}.copying` };
  for (const part of ['data', 'keys'] as const) {
    rmSync(drafts[part], { recursive: true, force: true });
    cpSync(from[part], drafts[part], {
      recursive: true,
      mode: 2 /* a reflink where the file system has them */,
    });
  }
  for (const part of ['keys', 'data'] as const) moveWhole(drafts[part], to[part]);
}

function moveWhole(draft: string, to: string): void {
  try {
    if (existsSync(to)) rmdirSync(to);
    renameSync(draft, to);
  } catch {
    // A folder that is a mount of its own can neither be taken away nor moved to.
    cpSync(draft, to, { recursive: true, mode: 2 });
    rmSync(draft, { recursive: true, force: true });
  }
}

function foldersOf(folder: string, kind: TemplateKind): TemplateFolders {
  return { data: path.join(folder, kind, 'data'), keys: path.join(folder, kind, 'keys') };
}
