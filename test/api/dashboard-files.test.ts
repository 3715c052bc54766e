/** The dashboard's files as a browser gets them: the page asked about each time, its files kept for ever, nothing else there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { dashboardRoutes } from '../../src/http/dashboard-routes.ts';

const app = express().disable('etag').use(dashboardRoutes());
const empty = mkdtempSync(path.join(tmpdir(), 'dashboard-'));
afterAll(() => rmSync(empty, { recursive: true }));

async function filesOf(): Promise<readonly string[]> {
  const { text } = await request(app).get('/');
  return [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file as string);
}

describe('the files of the dashboard', () => {
  it('are one page with a strict policy, asked about each time', async () => {
    const { status, headers, text } = await request(app).get('/');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*worker-src 'self'/);
    expect(text).not.toMatch(/<style|style=|<script(?![^>]* src=)/);
    const again = await request(app)
      .get('/')
      .set('if-none-match', headers.etag ?? '');
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });

  it('are kept for ever under names that are of their content, and come packed', async () => {
    const files = await filesOf();
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(file).toMatch(/-[\w-]{8}\.(js|css)$/);
      const { status, headers } = await request(app).get(file).set('accept-encoding', 'identity');
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-encoding']).toBeUndefined();
    }
    const [script = ''] = files;
    const plain = await request(app).get(script).set('accept-encoding', 'identity').buffer().parse(bytes);
    const packed = await request(app).get(script).set('accept-encoding', 'br').buffer().parse(bytes);
    expect(packed.headers['content-encoding']).toBe('br');
    expect(packed.headers.vary).toContain('Accept-Encoding');
    // The client unpacks it.
    expect((packed.body as Buffer).equals(plain.body as Buffer)).toBe(true);
  });

  it('are nothing where nothing is', async () => {
    for (const nowhere of [
      '/dashboard/',
      '/dashboard/index.js',
      '/index.html',
      '/dashboard/../package.json',
      '/map',
    ])
      expect((await request(app).get(nowhere)).status).toBe(404);
  });

  it('say how to be built where they are not', async () => {
    const bare = express().use(dashboardRoutes(empty));
    const { status, body } = await request(bare).get('/');
    expect(status).toBe(503);
    expect(body.errors[0].message).toContain('npm run build');
  });
});

/** Whole, whatever its type. */
function bytes(response: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => void parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
}
