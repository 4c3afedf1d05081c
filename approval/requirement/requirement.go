// Package requirement holds the released requirement sets of this SDK.
//
// [Get] is what most programs need: the newest version of a set by its id.
// [GetVersion] finds the version that an old declaration or decision names, and
// [All] lists everything. The sets are embedded; nothing is read from disk or
// fetched. A version that has been released never changes: a decision names the
// digest of the file, and it must be possible to explain it years later.
//
// The sets are made by this project. They are not official requirements of any
// authority; each one says so in its note. Whether a set is in force on a day,
// and which set a certain approval scheme wants, is for the caller to know.
package requirement

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/approval"
)

// WebBaseline is the id of the set for web applications.
const WebBaseline = "web-baseline"

// Baseline is the id of the set for digital health tools of every kind: mobile
// apps, web applications, their back ends and the vendor. It holds the 51
// requirements of [WebBaseline] 1.0.0 under their ids, and nine more.
//
// A requirement has one severity. Where it weighs more for some tools, the set
// gives it the lower one, and a rule treats it as a blocker where it is one:
// r1-use-alone (CLIN-04), r1-guided-use (CLIN-10), r1-health-data (SEC-02 and
// MOB-01) and r1-vendor-tier (SEC-01). MDR-03 not met leads to review and never
// to more, by r3-class. What no waiver can help is in the rules r2.
//
// The rules go from strict to free, so that r9-guided-for-now comes before
// r8-use-alone. There is no r6: what a panel decides is [approval.Panel.Review].
// Evidence that is missing, expired or of too low a level, and a reason for
// not-applicable that contradicts a fact, leave the requirement unanswered, so
// they need no rule; r5-vendor-tier is about what is postponed or waived.
//
// From 1.1.0 a vendor's yes to what matters clinically is not enough:
// CLIN-01 and CLIN-03 to CLIN-07, the class of a device (MDR-03) and AI-01 go to
// a panel, by r4-asked-for, and so does a tool whose answers about risk do not
// fit a practical or informing purpose (r3-purpose). 1.0.0 had no such row, and
// an approval by it rests on the vendor's word. No wording changed, so
// [approval.Migrate] carries every answer over.
const Baseline = "baseline"

// ErrUnknown: there is no set with this id, or not in this version.
var ErrUnknown = errors.New("requirement: unknown requirement set")

//go:embed *.json
var files embed.FS

// Get is the newest version of the set with this id. The caller owns the set. The error is [ErrUnknown] or a fault of the file itself.
func Get(id string) (*approval.RequirementSet, error) {
	refs, err := List()
	if err != nil {
		return nil, err
	}
	for _, ref := range slices.Backward(refs) {
		if ref.ID == id {
			return read(ref)
		}
	}
	return nil, fmt.Errorf("%w: want one of %s", ErrUnknown, ids(refs))
}

// GetVersion is one version of a set. The caller owns the set. The error is [ErrUnknown] or a fault of the file itself.
func GetVersion(id, version string) (*approval.RequirementSet, error) {
	refs, err := List()
	if err != nil {
		return nil, err
	}
	ref := approval.SetRef{ID: id, Version: version}
	if !slices.Contains(refs, ref) {
		return nil, fmt.Errorf("%w: want one of %s", ErrUnknown, ids(refs))
	}
	return read(ref)
}

// All reads every version of every set, by id and then from the oldest to the newest.
func All() ([]*approval.RequirementSet, error) {
	refs, err := List()
	if err != nil {
		return nil, err
	}
	sets := make([]*approval.RequirementSet, len(refs))
	for i, ref := range refs {
		if sets[i], err = read(ref); err != nil {
			return nil, err
		}
	}
	return sets, nil
}

// List names every version of every set, by id and then from the oldest to the newest.
func List() ([]approval.SetRef, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("requirement: %w", err)
	}
	refs := make([]approval.SetRef, len(entries))
	for i, e := range entries {
		id, version, _ := strings.Cut(strings.TrimSuffix(e.Name(), ".json"), "@")
		refs[i] = approval.SetRef{ID: id, Version: version}
	}
	slices.SortFunc(refs, compare)
	return refs, nil
}

func read(ref approval.SetRef) (*approval.RequirementSet, error) {
	name := ref.ID + "@" + ref.Version + ".json"
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("requirement: %w", err)
	}
	set, err := approval.ParseRequirementSet(data)
	if err != nil {
		return nil, fmt.Errorf("requirement: %s: %w", name, err)
	}
	if set.Ref() != ref {
		return nil, fmt.Errorf("requirement: %s: id and version are not those of the file's name", name)
	}
	return set, nil
}

// compare puts 1.9.0 before 1.10.0.
func compare(a, b approval.SetRef) int {
	return cmp.Or(strings.Compare(a.ID, b.ID), slices.Compare(numbers(a.Version), numbers(b.Version)))
}

func numbers(version string) []int {
	var out []int
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part)
		out = append(out, n)
	}
	return out
}

func ids(refs []approval.SetRef) string {
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = ref.ID + "@" + ref.Version
	}
	return strings.Join(names, ", ")
}
