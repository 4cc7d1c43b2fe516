/** What PostgreSQL refused a statement for: drizzle wraps it, what `runStatement` asks comes as it is. */
export function causeOf(error: unknown): { code?: string; constraint?: string } | undefined {
  const { cause } = error as { cause?: object };
  return (cause ?? error) as { code?: string; constraint?: string } | undefined;
}
