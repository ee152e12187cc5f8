import { describe, expect, it } from 'vitest';
import { config } from './config.js';

const required = {
  DATABASE_URL: 'postgres://a:b@h/d',
  KAFKA_BROKERS: 'h:1',
  SCHEMA_REGISTRY_URL: 'http://h/',
  PORT: '1',
};

describe('the settings', () => {
  it('allow five minutes ahead and thirty days back unless set', () => {
    expect(config(required)).toMatchObject({ MAX_CLOCK_SKEW: 300_000, MAX_RECORD_AGE: 2_592_000_000 });
    expect(config({ ...required, MAX_CLOCK_SKEW: '90s', MAX_RECORD_AGE: '12h' })).toMatchObject({
      ...{ MAX_CLOCK_SKEW: 90_000, MAX_RECORD_AGE: 43_200_000 },
    });
  });

  it('name every one that is wrong', () => {
    const read = (): unknown => config({ ...required, MAX_CLOCK_SKEW: 'soon', MAX_RECORD_AGE: '30' });
    expect(read).toThrow(/MAX_CLOCK_SKEW="soon": must be a duration[^]*MAX_RECORD_AGE="30": must be a duration/);
  });
});
