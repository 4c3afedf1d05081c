// Package launchtest helps to test what accepts launches: a fake portal that
// signs good and bad messages ([NewPortal]), a matrix of messages and how each
// must end ([Cases]), and a suite for replay stores ([TestReplayStore]).
//
// Give the portal's [Portal.Keys] to the profile under test, send each case's
// message, and compare. The package is for tests: its keys are new each time
// and its messages are about nobody.
//
// The rows are named after what attackers and careless portals were seen to do;
// the specifications behind them are RFC 7515 to 7519, RFC 8725 and HTI 2.0.
package launchtest
