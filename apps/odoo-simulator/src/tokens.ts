/** The settings, for injection. */
export const CONFIG = Symbol('the simulator settings');
