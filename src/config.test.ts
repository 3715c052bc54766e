/** Settings as they are read. */
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('settings', () => {
  it('take a variable that is set to nothing for one that is not set', () => {
    const empty = {
      HEADWATER_DATA_DIR: '',
      HEADWATER_KEYS_DIR: ' ',
      HOST: '',
      PORT: '',
      HEADWATER_DEMO: '',
      LOG_LEVEL: '',
      DATABASE_URL: '',
    };
    expect(readConfig(empty, '/somewhere')).toEqual(readConfig({}, '/somewhere'));
    expect(readConfig(empty, '/somewhere').dataFolder).toBe('/somewhere/.headwater/data');
  });

  it('take a folder from where the program was started', () => {
    const { dataFolder, keysFolder } = readConfig({ HEADWATER_DATA_DIR: 'mine/data' }, '/somewhere');
    expect([dataFolder, keysFolder]).toEqual(['/somewhere/mine/data', '/somewhere/mine/keys']);
  });
});
