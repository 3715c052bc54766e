/** Ids of derived things: the same whenever the same viewer derives them again, and of no use to anybody who sees other rows. */
import { createHmac } from 'node:crypto';
import { scopeKey, type Viewer } from '../access/viewer.ts';

/** 128 bits in hexadecimal, of what the thing is (`kind`, and a `key` of its content), keyed by what the viewer sees. */
export function scopedId(viewer: Viewer, kind: string, key: string): string {
  return scopedIdIn(scopeKey(viewer), kind, key);
}

/** For work in another thread, which is handed the `scopeKey` of a viewer. */
export function scopedIdIn(scope: string, kind: string, key: string): string {
  return createHmac('sha256', scope).update(`${kind}\n${key}`).digest('hex').slice(0, 32);
}
