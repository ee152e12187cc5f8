/**
 * A process as the model runs it: it stops at each `yield`, where the real one awaits, and may be killed or stand still
 * there. What it yields is how long it sleeps, in milliseconds; whatever it has in its variables dies with it.
 */
export type Process = Generator<number, void, void>;
