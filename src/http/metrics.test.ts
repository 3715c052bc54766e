import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requestMetrics } from './metrics.ts';

describe('seconds of a request', () => {
  it('run from where its clock was started, whoever answers it and however late that is known', async () => {
    const metrics = requestMetrics();
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    const before = performance.now();
    metrics.begin(response);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const waited = performance.now();
    metrics.observeAnswer('/graphql', response);
    response.emit('close');
    const { text } = await metrics.print();
    const sum = Number(/headwater_request_seconds_sum\{route="\/graphql"\} ([\d.e-]+)/.exec(text)?.[1]);
    // A timer may fire a millisecond early; what came after the clock was looked at here is not in it.
    expect(sum).toBeGreaterThanOrEqual((waited - before) / 1_000 - 0.005);
    expect(sum).toBeLessThanOrEqual((performance.now() - before) / 1_000);
  });
});
