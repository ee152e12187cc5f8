import type { Spot, StockWorld } from './stock-world.js';

/** The wards that one drift has to itself. */
export interface Wards {
  readonly gloves: Spot;
  readonly suture: (lot: string) => Spot;
  readonly morphine: Spot;
}

/** Wards of their own for the drift of a number. */
export function wardsOf(number: number): Wards {
  return {
    gloves: { ward: `ICU-${number}`, product: 'GLOVE', lot: '' },
    suture: (lot) => ({ ward: `OR-${number}`, product: 'SUTURE', lot }),
    morphine: { ward: `PHARMACY-${number}`, product: 'MORPHINE', lot: '' },
  };
}

/** A morning that went well; then something happens. */
export function goodMorning(world: StockWorld, { gloves, suture, morphine }: Wards): void {
  world.open(gloves, 100);
  world.open(suture('L1'), 40);
  world.open(suture('L2'), 40);
  world.open(morphine, 60);
  world.report();
  for (const quantity of [3, 5]) world.post(world.use(gloves, quantity));
  world.post(world.use(suture('L1'), 2));
  world.report();
}
