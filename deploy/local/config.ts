/** The environment that child processes inherit. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
