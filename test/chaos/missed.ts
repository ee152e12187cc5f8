/** A fault could not strike, because the moment it waited for never came. The trial says nothing. */
export class Missed extends Error {
  override readonly name = 'Missed';
}

/** What an injection answers, and whether it had anything to strike. */
export async function unlessMissed<T>(striking: Promise<T>): Promise<{ readonly missed: boolean; readonly found?: T }> {
  try {
    return { missed: false, found: await striking };
  } catch (error) {
    if (!(error instanceof Missed)) throw error;
    return { missed: true };
  }
}
