/** The hub with its fast path switched off: ordinary execution answers all. */
import { startHub } from './fast-path-hub.ts';
import type { PeerSettings, StartedPeer } from './fast-path-peer.ts';

export function startPeer(settings: PeerSettings): Promise<StartedPeer> {
  return startHub(settings, 'off');
}
