/**
 * The embedded server's settings, given on its command line, so that they count for old data too and no file can turn durability off.
 * For a small machine: about 100 MB of memory at rest.
 */
export const serverSettings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',

  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',

  shared_buffers: '64MB',
  effective_cache_size: '256MB',
  // A record of this size is in memory or on flash: reading a row by an index costs hardly more than the next one.
  random_page_cost: '1.1',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  min_wal_size: '64MB',
  // Short queries only: compiling or sharing one out costs more than it brings, and /dev/shm is small in containers.
  jit: 'off',
  max_parallel_workers_per_gather: '0',

  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Starts, stops and breakdowns. Failed statements stay out: they would carry what people wrote; whoever sent one gets its error.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
};
