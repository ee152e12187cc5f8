import type { StockWorld } from './stock-world.js';
import type { Spot } from './world-places.js';

/** The wards that one drift has to itself. */
export interface Wards {
  readonly gloves: Spot;
  readonly suture: (lot: string) => Spot;
  readonly morphine: Spot;
  readonly pump: Spot;
}

/** Wards of their own for the drift of a number. */
export function wardsOf(number: number): Wards {
  return {
    gloves: { ward: `ICU-${number}`, product: 'GLOVE', lot: '' },
    suture: (lot) => ({ ward: `OR-${number}`, product: 'SUTURE', lot }),
    morphine: { ward: `PHARMACY-${number}`, product: 'MORPHINE', lot: '' },
    pump: { ward: `ICU-${number}`, product: 'PUMP', lot: `SN-${number}` },
  };
}

/** A morning that went well; then something happens. */
export function goodMorning(world: StockWorld, { gloves, suture, morphine, pump }: Wards): void {
  world.open(gloves, 100);
  world.open(suture('L1'), 40);
  world.open(suture('L2'), 40);
  world.open(morphine, 60);
  world.open(pump, 1);
  world.report();
  for (const quantity of [3, 5]) world.post(world.use(gloves, quantity));
  world.post(world.use(suture('L1'), 2));
  world.report();
}
