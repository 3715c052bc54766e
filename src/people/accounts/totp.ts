/** One-time codes by time (RFC 6238 over RFC 4226): what an authenticator app shows. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** A clock may be this many steps off, either way. */
const DRIFT = 1;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / STEP_SECONDS);
}

/** HMAC-SHA-1, which is what authenticator apps know. */
export function codeOf(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const truncated = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** The step a code is of; null when it is of none near now. Every step is compared, in constant time. */
export function stepOfCode(secret: Uint8Array, code: string, now: Date): number | null {
  const presented = Buffer.from(code.padStart(DIGITS, ' ').slice(0, DIGITS + 1));
  let found: number | null = null;
  for (let step = stepAt(now) - DRIFT; step <= stepAt(now) + DRIFT; step += 1) {
    const wanted = Buffer.from(codeOf(secret, step));
    if (presented.length === wanted.length && timingSafeEqual(presented, wanted)) found = step;
  }
  return found;
}

/** RFC 4648, lower case, without padding: 5 bits a letter. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32.charAt((held >>> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE32.charAt((held << (5 - bits)) & 31);
}

/** What an authenticator app reads, as text or as a picture. */
export function appAddress(signInName: string, secret: Uint8Array): string {
  return `otpauth://totp/Headwater:${signInName}?secret=${base32(secret).toUpperCase()}&issuer=Headwater&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`;
}
