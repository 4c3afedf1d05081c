// Package sqltest is what the tests of stores on database/sql have in common: a
// rig that opens empty databases of each [Engine], and the conformance [Suite] of
// migrating.
//
// Only tests import it, and they bring the drivers: modernc.org/sqlite, named
// "sqlite", and pgx, named "pgx". VERKTOY_TEST_POSTGRES is the DSN of a PostgreSQL
// server. Without it tests are skipped, or fail if VERKTOY_REQUIRE_ALL is 1.
package sqltest
