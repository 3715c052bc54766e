/** Use cases that resolvers ask for, wired at the start: each slice keeps a typed key, so that this folder knows none of them. */

/** Names a service and carries its type; made once, by the slice that owns the service. */
export interface ServiceKey<T> {
  readonly name: string;
  /** Never there: it ties the type to the key. */
  readonly of?: T;
}

export interface Services {
  /** Throws when the service was not wired: a mistake of the wiring, never of the caller. */
  read<T>(key: ServiceKey<T>): T;
}

export function serviceKey<T>(name: string): ServiceKey<T> {
  return { name };
}

/** One wired service, for `services(…)`. */
export function wired<T>(key: ServiceKey<T>, service: T): readonly [ServiceKey<unknown>, unknown] {
  return [key, service];
}

export function services(...list: readonly (readonly [ServiceKey<unknown>, unknown])[]): Services {
  const byKey = new Map(list);
  return {
    read: <T>(key: ServiceKey<T>): T => {
      if (!byKey.has(key))
        throw new Error(`found no service "${key.name}", wanted it wired in src/schema.ts`);
      return byKey.get(key) as T;
    },
  };
}
