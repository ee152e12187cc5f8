/** The place of quarantine beside a location, as inventory-sync's README names it. */
export function quarantineOf(place: string): string {
  return `${place}/Quarantine`;
}
