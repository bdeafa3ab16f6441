/** The settings of the embedded server, for a small machine; what it shares in memory is memory.ts's. Durability is not for tuning: fsync stays on outside tests. */

export type Settings = Record<string, string>

export const smallMachine: Settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  io_method: 'sync',
  max_worker_processes: '4',
  max_parallel_workers_per_gather: '1',
  autovacuum_max_workers: '2',
  autovacuum_naptime: '20s',
  // A forgotten transaction hides new events from all readers of the log.
  idle_in_transaction_session_timeout: '60s',
  timezone: 'UTC',
  // What people wrote does not belong into a log: neither statements nor the values in error details.
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_timezone: 'UTC',
}

/** For test runs only: a crash of the machine may lose everything, which is what a test database is worth. */
export const forTests: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
}

export function settingFlags(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
