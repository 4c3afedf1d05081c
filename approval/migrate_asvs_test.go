package approval_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// asvsFile reads one of OWASP's files (CC BY-SA 4.0), which lie outside this repository.
func asvsFile(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("VERKTOY_TESTDATA")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TESTDATA is not set, and VERKTOY_REQUIRE_ALL is")
		}
		t.Skip("VERKTOY_TESTDATA names no folder with OWASP's ASVS")
	}
	data, err := os.ReadFile(filepath.Join(dir, "asvs", name))
	require.NoError(t, err)
	return data
}

// asvs makes a requirement set of one version. The English text stands in for
// all three languages; rows that say that they are deleted become tombstones.
// wording takes out of a row what is asked.
func asvs(t *testing.T, version string, wording func(string) string) *approval.RequirementSet {
	t.Helper()
	var file struct {
		Requirements []struct {
			ID   string `json:"req_id"`
			Text string `json:"req_description"`
		}
	}
	require.NoError(t, json.Unmarshal(asvsFile(t, "asvs-"+version+"-en.flat.json"), &file))
	require.NotEmpty(t, file.Requirements)
	doc := document{"id": "asvs", "version": version, "title": everywhere("ASVS"), "validFrom": "2021-10-01", "reviewMonths": 24, "sources": []any{},
		"facts": []any{document{"id": "guidance", "type": "choice", "question": everywhere("?"), "choices": []any{document{"code": "guided", "text": everywhere("g")}}}}}
	var requirements []any
	for _, r := range file.Requirements {
		id := strings.TrimPrefix(r.ID, "V")
		requirements = append(requirements, document{"id": id, "group": "asvs", "title": everywhere(id), "text": everywhere(wording(r.Text)), "scope": []any{"web"},
			"severity": "blocker", "withdrawn": strings.HasPrefix(r.Text, "[DELETED")})
	}
	doc["requirements"] = requirements
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	set, err := approval.ParseRequirementSet(data)
	require.NoError(t, err)
	return set
}

func everywhere(text string) document { return document{"nb": text, "nn": text, "en": text} }

// asvsTags reads one of the maps: YAML of one key with one member, whose text may go on in the next line.
func asvsTags(t *testing.T, name string) (ids []string, tags map[string]string) {
	t.Helper()
	tags = map[string]string{}
	for line := range strings.Lines(string(asvsFile(t, name))) {
		line = strings.TrimRight(line, "\n")
		key, value, isMember := strings.Cut(line, ": ")
		switch {
		case line == "---":
		case strings.HasPrefix(line, "v"):
			ids = append(ids, asvsIDs(line)...)
		case isMember && strings.HasPrefix(key, "  tag-"):
			tags[ids[len(ids)-1]] = value
		default:
			tags[ids[len(ids)-1]] += " " + strings.TrimSpace(line)
		}
	}
	require.Len(t, tags, len(ids))
	return ids, tags
}

var asvsID = regexp.MustCompile(`v[0-9]+\.[0-9]+\.[0-9]+-([0-9]+\.[0-9]+\.[0-9]+)`)

func asvsIDs(text string) (ids []string) {
	for _, m := range asvsID.FindAllStringSubmatch(text, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func asvsRelation(t *testing.T, tag string) approval.Relation {
	t.Helper()
	for _, r := range []struct {
		word     string
		relation approval.Relation
	}{{"MERGED TO", approval.RelationMerged}, {"COVERED BY", approval.RelationCovered}, {"DEPRECATED BY", approval.RelationCovered},
		{"DELETED", approval.RelationDeleted}, {"SPLIT TO", approval.RelationSplit}, {"MODIFIED", approval.RelationModified},
		{"GRAMMAR", approval.RelationModified}, {"MOVED TO", approval.RelationMoved}} {
		if strings.Contains(tag, r.word) {
			return r.relation
		}
	}
	require.Fail(t, "no relation", tag)
	return ""
}

var footnote = regexp.MustCompile(`\s*\(\[C[0-9]+\]\([^)]*\)(, \[C[0-9]+\]\([^)]*\))*\)`)

// OWASP's own map from ASVS 4.0.3 to 5.0.0 says of 84 requirements that they
// moved and nothing else, while the map back calls 69 of them modified. As the
// rows are written, 8 of the 84 have the same text in both versions. Three more
// differ by a link to OWASP's Proactive Controls at the end, such as
// "([C4](https://…))": a reference, which a set keeps apart from the wording.
func TestMigrateOnOWASPsOwnMap(t *testing.T) {
	cases := []struct {
		name    string
		wording func(string) string
		carried int
	}{
		{"as the rows are written", func(row string) string { return row }, 8},
		{"without the links to other lists", func(row string) string { return footnote.ReplaceAllString(row, "") }, 11},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			from, to := asvs(t, "4.0.3", c.wording), asvs(t, "5.0.0", c.wording)
			migrateASVS(t, from, to, c.carried)
		})
	}
}

func migrateASVS(t *testing.T, from, to *approval.RequirementSet, carried int) {
	ids, tags := asvsTags(t, "mapping_v4.0.3_to_v5.0.0.yml")
	_, back := asvsTags(t, "mapping_v5.0.0_to_v4.0.3.yml")
	require.Len(t, ids, 278)
	require.Len(t, back, 345)
	d := &approval.SelfDeclaration{ID: "d", Set: from.Ref(), Answers: map[string]approval.Answer{}}
	for _, r := range from.Requirements {
		d.Answers[r.ID] = approval.Answer{Status: approval.Yes, Explanation: r.ID}
	}
	out, report, err := approval.Migrate(d, asvsMapping(t, from, to, ids, tags), from, to)
	require.NoError(t, err)

	require.Len(t, d.Answers, 286)
	require.Len(t, report.Answers, 286, "every earlier answer once, those to tombstones too")
	assert.Equal(t, []string{"1.4.2", "1.4.3", "1.12.1", "4.1.4", "7.3.2", "13.1.2", "13.2.4", "14.3.1"}, report.Gaps.Tombstones)
	assert.Empty(t, report.Gaps.Unmapped)
	plain, modified := map[approval.Fate]int{}, map[approval.Fate]int{}
	for _, a := range report.Answers {
		old, _ := from.Requirement(a.Requirement)
		for _, target := range a.Targets {
			now, exists := to.Requirement(target.Requirement)
			require.True(t, exists)
			assert.Equal(t, old.Text["en"] == now.Text["en"], target.Carried, a.Requirement)
		}
		if !asvsMoved.MatchString(tags[a.Requirement]) {
			continue
		}
		plain[a.Fate]++
		if strings.Contains(back[a.Targets[0].Requirement], "MODIFIED") {
			modified[a.Fate]++
		}
	}
	assert.Equal(t, map[approval.Fate]int{approval.FateCarried: carried, approval.FateConfirm: 84 - carried}, plain)
	assert.Equal(t, map[approval.Fate]int{approval.FateConfirm: 69}, modified)
	assert.Len(t, out.Answers, carried, "nothing else is carried")
	assert.Equal(t, []int{carried, 198 - carried, 30, 50, 8}, []int{report.Count(approval.FateCarried), report.Count(approval.FateConfirm),
		report.Count(approval.FateSplit), report.Count(approval.FateDropped), report.Count(approval.FateUnmapped)})
}

var asvsMoved = regexp.MustCompile(`^MOVED TO \S+$`)

// asvsMapping makes a mapping of OWASP's, one entry for each of its entries.
func asvsMapping(t *testing.T, from, to *approval.RequirementSet, ids []string, tags map[string]string) *approval.Mapping {
	t.Helper()
	m := approval.Mapping{From: from.Ref(), To: to.Ref()}
	for _, id := range ids {
		m.Entries = append(m.Entries, approval.MapEntry{From: []string{id}, To: asvsIDs(tags[id]), Relation: asvsRelation(t, tags[id]), Reason: tags[id]})
	}
	data, err := json.Marshal(m)
	require.NoError(t, err)
	mapping, err := approval.ParseMapping(data, from, to)
	require.NoError(t, err, "every id of the map exists in its set")
	return mapping
}
