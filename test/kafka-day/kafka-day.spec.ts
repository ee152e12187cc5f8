import { describe, expect, it } from 'vitest';
import { kafkaDay } from './kafka-day.ts';
import { gtinOf, products } from '../../deploy/local/demo/hospital.ts';

const options = { seed: 7, day: new Date('2026-11-21T12:00:00Z'), records: 500 };

describe('the day over Kafka alone', () => {
  it('is the same day for the same seed, and another one for another', () => {
    expect(kafkaDay(options)).toEqual(kafkaDay(options));
    expect(kafkaDay({ ...options, seed: 8 })).not.toEqual(kafkaDay(options));
  });

  it('has about 500 records, every kind of trouble among them', () => {
    const day = kafkaDay(options);
    const count = (outcome: string) => day.filter(({ expect: { outcome: own } }) => own === outcome).length;
    expect(day.length).toBeGreaterThan(490);
    expect(count('accepted')).toBeGreaterThan(400);
    expect([count('repeat'), count('held'), count('unreadable')]).toEqual([14, 6, 3]);
    expect(new Set(day.map(({ expect: expected }) => ('code' in expected ? expected.code : '')))).toEqual(
      new Set([
        '',
        'ALREADY_REVERSED',
        'REVERSAL_OF_NOTHING',
        'DUPLICATE',
        'QUANTITY_NOT_POSITIVE',
        'TIME_IN_FUTURE',
        'TOO_OLD',
        'LOT_REQUIRED',
        'SERIAL_REQUIRED',
        'SERIAL_NOT_THERE',
        'UNIT_NOT_CONVERTIBLE',
        'QUANTITY_PRECISION',
        'GTIN_INVALID',
      ]),
    );
  });

  it('gives products trade item numbers whose check digit is right', () => {
    expect(gtinOf(products[0]!)).toMatch(/^\d{14}$/);
    for (const gtin of products.map(gtinOf)) {
      const sum = [...gtin]
        .reverse()
        .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
      expect(sum % 10).toBe(0);
    }
  });
});
