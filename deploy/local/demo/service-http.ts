/** Reads JSON from a service; throws with its own words. */
export async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return (await response.json()) as T;
}

/** Sends JSON to a service; throws with its own words. */
export async function putJson(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
}

/** Every item of a list that is given out in pages. */
export async function* readPages<T>(url: string): AsyncGenerator<T> {
  let after = '';
  for (;;) {
    const page = await getJson<{ items: T[]; next: string | null }>(`${url}${after}`);
    yield* page.items;
    if (page.next === null) return;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

/** Messages that are parked, by service; those without any are left out. */
export async function parkedByService(services: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const counts = Object.entries(services).map(async ([name, url]): Promise<[string, number]> => {
    const { items } = await getJson<{ items: unknown[] }>(`${url}/parked?limit=1000`);
    return [name, items.length];
  });
  return Object.fromEntries((await Promise.all(counts)).filter(([, count]) => count > 0));
}

/** Asks again and again until `ready` holds; throws after `timeoutMs`, saying what it waited for. */
export async function waitUntil(what: string, timeoutMs: number, ready: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await ready().catch(() => false)) return;
    if (Date.now() > deadline)
      throw new Error(`${what} did not happen within ${timeoutMs / 1000} s; see the logs of the services`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
