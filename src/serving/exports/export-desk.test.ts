/** Who may begin an export while others run. */
import { describe, expect, it } from 'vitest';
import { ExportDesk } from './export-desk.ts';

describe('the desk', () => {
  it('lets a key run two, an organisation three, and all together four', () => {
    const desk = new ExportDesk();
    desk.begin('a', 'lantern-line');
    const end = desk.begin('a', 'lantern-line');
    expect(() => desk.begin('a', 'lantern-line')).toThrow(/found 2 of this key/);
    desk.begin('b', 'lantern-line');
    expect(() => desk.begin('b', 'lantern-line')).toThrow(/found 3 of this organisation/);
    expect(() => desk.begin('c', 'lantern-line')).toThrow(/found 3 of this organisation/);
    desk.begin('d', 'terai-watch');
    expect(() => desk.begin('e', 'harbour-lamp')).toThrow(/found 4 under way/);
    end();
    end();
    desk.begin('e', 'harbour-lamp');
    expect(() => desk.begin('e', 'harbour-lamp')).toThrow(/found 4 under way/);
  });
});
