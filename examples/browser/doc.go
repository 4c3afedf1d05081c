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
package browser
