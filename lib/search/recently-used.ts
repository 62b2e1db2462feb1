/** Remembers the results of `compute` for the keys used last, `capacity` of them. A failure is not remembered. */
export function recentlyUsed<T>(capacity: number, compute: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const results = new Map<string, Promise<T>>();
  return (key) => {
    const result = results.get(key) ?? compute(key);
    // A map keeps the order of insertion: put in anew, the key is the youngest.
    results.delete(key);
    results.set(key, result);
    result.catch(() => results.delete(key));
    const [oldest] = results.keys();
    if (results.size > capacity && oldest !== undefined) results.delete(oldest);
    return result;
  };
}
