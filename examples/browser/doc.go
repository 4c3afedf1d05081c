// Package browser holds tests only: what the examples do in a real browser,
// Debian's chromium, with real host names, TLS and cookies. A client written in
// Go sends the cookies that it is told to; whether a citizen's browser sends
// them from one site to another is a question for a browser.
//
// Each test starts its own chromium with an empty profile. The names of the
// test's sites lead to the test's servers, and all other names nowhere. Without
// chromium, in PATH or where VERKTOY_TEST_CHROMIUM says, the tests are skipped;
// under VERKTOY_REQUIRE_ALL=1 they fail. The pictures that they take are left in
// the folder that VERKTOY_SCREENSHOTS names.
//
// The tests of the demo start it as a program, on this machine, and go through its
// story as a clinician and a citizen would: in three languages, on a desk and on a
// phone, light and dark, with and without script. Each page that they visit is
// checked with axe-core, if VERKTOY_TEST_NODE names a folder in whose node_modules
// it is (npm, axe-core@4.11.1); without it these checks are skipped.
package browser
