/** A ring on the ground around a place, as corners: near enough for some tens of km. */

export function ringAround(
  { longitude, latitude }: { readonly longitude: number; readonly latitude: number },
  km: number,
): [number, number][] {
  const north = km / 110.57;
  const east = km / (111.32 * Math.cos((latitude * Math.PI) / 180));
  return Array.from({ length: 65 }, (_, index) => {
    const angle = (index / 64) * 2 * Math.PI;
    return [longitude + east * Math.cos(angle), latitude + north * Math.sin(angle)];
  });
}
