package approval

import (
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Codes of issues of [RequirementSet.LintAgainst].
const (
	LintOtherSet        = "other-set"        // the version before is of a set with another id
	LintVersion         = "version"          // the version is not higher than the one before
	LintIDGone          = "id-gone"          // a requirement is left out instead of withdrawn
	LintIDReused        = "id-reused"        // the id of a withdrawn requirement is in use again
	LintWording         = "wording"          // another text or help, and only the last number is higher
	LintSeverityLowered = "severity-lowered" // a requirement weighs less than before
	LintFactGone        = "fact-gone"        // a fact is left out, so its values cannot be carried over
)

// LintAgainst compares a set with the version before it: what answers, decisions
// and mappings of that version refer to must still be found and mean the same.
// It finds nothing about the set by itself; [RequirementSet.Lint] does. Places
// are those of the set, or of previous where something is gone. Either may be
// nil: then nothing is found.
func (s *RequirementSet) LintAgainst(previous *RequirementSet) []LintIssue {
	if s == nil || previous == nil {
		return nil
	}
	l := &linter{set: s}
	if s.ID != previous.ID {
		l.add("/id", LintOtherSet, previous.ID)
		return l.issues
	}
	now, before := versionNumbers(s.Version), versionNumbers(previous.Version)
	if slices.Compare(now, before) <= 0 {
		l.add("/version", LintVersion, previous.Version)
	}
	for i := range previous.Requirements {
		l.follows(strictjson.Pointer("requirements", i), &previous.Requirements[i], newForm(now, before))
	}
	l.factsGone(previous)
	return l.sorted()
}

// versionNumbers reads "1.10.0"; what is no number counts as 0.
func versionNumbers(version string) (out []int) {
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part)
		out = append(out, n)
	}
	return out
}

// newForm says that the first or the second number of a version is higher.
func newForm(now, before []int) bool {
	return slices.Compare(now[:min(2, len(now))], before[:min(2, len(before))]) > 0
}

// follows compares a requirement with the one that has its id now. at is its place in the version before.
func (l *linter) follows(at string, was *Requirement, reworded bool) {
	i := l.set.index(was.ID)
	if i < 0 {
		l.add(at, LintIDGone, was.ID)
		return
	}
	is, place := &l.set.Requirements[i], strictjson.Pointer("requirements", i)
	switch {
	case is.Withdrawn:
		return
	case was.Withdrawn:
		l.add(place+"/id", LintIDReused, was.ID)
		return
	case is.Wording() != was.Wording() && !reworded:
		l.add(place+"/text", LintWording, was.ID)
	}
	if is.Severity.weight() > was.Severity.weight() {
		l.add(place+"/severity", LintSeverityLowered, was.ID)
	}
}

func (l *linter) factsGone(previous *RequirementSet) {
	for i, f := range previous.Facts {
		if _, ok := l.set.Fact(f.ID); !ok {
			l.add(strictjson.Pointer("facts", i), LintFactGone, f.ID)
		}
	}
}
