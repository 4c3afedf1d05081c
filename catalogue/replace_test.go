package catalogue_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func statusOf(t testing.TB, x *catalogue.Index, id catalogue.ToolID) catalogue.Status {
	t.Helper()
	tool, known := x.Get(id)
	require.True(t, known, id)
	return tool.Status
}

// No id that was given out is lost; what only a source's silence withdrew may come back.
func TestReplaceLosesNoID(t *testing.T) {
	l := catalogue.NewLive(index(t))
	changes := replaceMost(t, l, []catalogue.Tool{get(t, "sov-godt")})
	assert.Equal(t, `{"tools":[`+
		`{"id":"angstkurset","kind":"removed","status":{"from":"listed","to":"withdrawn"}},`+
		`{"id":"drommedagbok","kind":"removed","status":{"from":"paused","to":"withdrawn"}},`+
		`{"id":"pust","kind":"removed","status":{"from":"listed","to":"withdrawn"}},`+
		`{"id":"utkast","kind":"removed","status":{"from":"draft"}}]}`, withoutRest(t, changes))
	x := l.Index()
	for _, id := range []catalogue.ToolID{"angstkurset", "drommedagbok", "pust", "nattro"} {
		assert.Equal(t, catalogue.StatusWithdrawn, statusOf(t, x, id), id)
	}
	kept, _ := x.Get("pust")
	assert.Equal(t, "Å puste", kept.Name["nb"], "it still has its texts")

	changes, err := l.Replace([]catalogue.Tool{get(t, "sov-godt")})
	require.NoError(t, err)
	assert.True(t, changes.Empty(), "kept again: %s", asJSON(t, changes))

	changes, err = l.Replace([]catalogue.Tool{get(t, "sov-godt"), get(t, "pust")})
	require.NoError(t, err)
	assert.Equal(t, `{"tools":[{"id":"pust","kind":"returned","status":{"from":"withdrawn","to":"listed"}}]}`, asJSON(t, changes))
	assert.Equal(t, catalogue.StatusListed, statusOf(t, l.Index(), "pust"))
}

// replaceMost is Live.Replace for whoever means it that most tools are missing.
func replaceMost(t testing.TB, l *catalogue.Live, tools []catalogue.Tool) catalogue.Changes {
	t.Helper()
	old := l.Index()
	require.NoError(t, l.Update(func(x *catalogue.Index) (*catalogue.Index, error) { return x.Replace(tools) }))
	return catalogue.Diff(old, l.Index())
}

// withoutRest is the changes as JSON but for the tool that the small catalogue has and no test names.
func withoutRest(t testing.TB, c catalogue.Changes) string {
	t.Helper()
	var named []catalogue.ToolChange
	for _, x := range c.Tools {
		switch x.ID {
		case "angstkurset", "drommedagbok", "pust", "utkast":
			named = append(named, x)
		}
	}
	return asJSON(t, catalogue.Changes{Tools: named})
}

// What a source withdrew stays withdrawn, also when it was forgotten in between.
func TestReplaceRevivesNoID(t *testing.T) {
	back := get(t, "nattro")
	back.Status = catalogue.StatusListed
	x := index(t)
	forgotten, err := x.Replace(after(t, "nattro", nil))
	require.NoError(t, err)
	twice, err := forgotten.Replace(after(t, "nattro", nil))
	require.NoError(t, err)
	missed, err := x.Replace(after(t, "pust", nil))
	require.NoError(t, err)
	withdrawn, err := missed.Replace(after(t, "pust", func(x *catalogue.Tool) { x.Status = "withdrawn" }))
	require.NoError(t, err)
	cases := []struct {
		name string
		x    *catalogue.Index
		id   catalogue.ToolID
	}{{"at once", x, "nattro"}, {"after it was forgotten", forgotten, "nattro"}, {"twice", twice, "nattro"}, {"missed, then withdrawn", withdrawn, "pust"}}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		_, err := c.x.Replace(after(t, c.id, func(x *catalogue.Tool) { x.Status = "listed" }))
		var refused *catalogue.ReplaceError
		require.ErrorAs(t, err, &refused, c.name)
		assert.Equal(t, []catalogue.ToolID{c.id}, refused.Revived, c.name)
		assert.Len(t, refused.Places, 1, c.name)
	}
	_, err = forgotten.With(back)
	assert.ErrorIs(t, err, catalogue.ErrWithdrawn)
}

func TestReplaceRefusesAllAtOnce(t *testing.T) {
	tools := index(t).Tools()
	for i, x := range tools {
		switch x.ID {
		case "nattro":
			tools[i].Status = "paused"
		case "sov-godt":
			tools[i].Vendor.OrgNumber = "974760673"
		case "pust":
			tools[i].Status = "draft"
		}
	}
	l := catalogue.NewLive(index(t))
	before := l.Index()
	_, err := l.Replace(tools)
	require.ErrorIs(t, err, catalogue.ErrReplace)
	assert.EqualError(t, err, "catalogue: the tools cannot take the others' place: "+
		"withdrawn, and must stay so; give a tool that comes back a new id: nattro (/tools/2/status); "+
		"must keep the vendor's organisation number; when organisations merge, change it in the index in use first: sov-godt (/tools/4/vendor/orgNumber); "+
		"published, and cannot be a draft again; pause or withdraw it: pust (/tools/3/status)")
	assert.Same(t, before, l.Index())

	_, err = l.Replace(after(t, "sov-godt", func(x *catalogue.Tool) { x.Vendor = nil }))
	assert.ErrorContains(t, err, "sov-godt (/tools/4/vendor/orgNumber)", "no way round by two steps")
	_, err = l.Replace(after(t, "pust", func(x *catalogue.Tool) { x.Vendor = get(t, "sov-godt").Vendor }))
	assert.NoError(t, err, "one that was not said before may be")
	_, err = l.Replace([]catalogue.Tool{{}})
	assert.ErrorIs(t, err, catalogue.ErrInvalid)
}

// A change that is right after all is made by hand first.
func TestReplaceAfterWith(t *testing.T) {
	merged := after(t, "sov-godt", func(x *catalogue.Tool) { x.Vendor.OrgNumber = "974760673" })
	x, err := index(t).With(indexGet(t, merged, "sov-godt"))
	require.NoError(t, err)
	_, err = x.Replace(merged)
	require.NoError(t, err)
	missed, err := index(t).Replace(after(t, "pust", nil))
	require.NoError(t, err)
	listed, err := missed.With(get(t, "pust"))
	require.NoError(t, err, "a tool that was only missed")
	paused, err := listed.With(get(t, "drommedagbok"))
	require.NoError(t, err)
	assert.Equal(t, catalogue.StatusListed, statusOf(t, paused, "pust"))
}

// Once somebody has said that a missed tool is withdrawn, it is.
func TestReplaceSaidAndMissed(t *testing.T) {
	missed, err := index(t).Replace(after(t, "pust", nil))
	require.NoError(t, err)
	kept, _ := missed.Get("pust")
	bySource, err := missed.Replace(append(after(t, "pust", nil), kept))
	require.NoError(t, err)
	assert.Equal(t, `{"tools":[{"id":"pust","kind":"returned"}]}`, asJSON(t, catalogue.Diff(missed, bySource)))
	byHost, err := missed.With(kept)
	require.NoError(t, err)
	for name, x := range map[string]*catalogue.Index{"source": bySource, "host": byHost} {
		_, err = x.Replace(index(t).Tools())
		assert.ErrorContains(t, err, "new id: pust (", name)
	}
	other, err := missed.With(get(t, "sov-godt"))
	require.NoError(t, err)
	_, err = other.Replace(index(t).Tools())
	assert.NoError(t, err, "another tool's change says nothing of it")
}

func indexGet(t testing.TB, tools []catalogue.Tool, id catalogue.ToolID) catalogue.Tool {
	t.Helper()
	x, known := indexOf(t, tools).Get(id)
	require.True(t, known)
	return x
}

func TestReplaceNamesTenAtMost(t *testing.T) {
	var tools []catalogue.Tool
	for i := range 12 {
		tools = append(tools, catalogue.Tool{ID: catalogue.ToolID(fmt.Sprintf("t-%02d", i)), Status: "withdrawn", Name: catalogue.Text{"nb": "x"}})
	}
	x := indexOf(t, tools)
	for i := range tools {
		tools[i].Status = "listed"
	}
	_, err := x.Replace(tools)
	assert.ErrorContains(t, err, "t-08 (/tools/8/status), t-09 (/tools/9/status), and 2 more")
}

// What is given and what is kept are the index's own.
func TestReplaceSharesNothing(t *testing.T) {
	tools := index(t).Tools()
	x, err := index(t).Replace(tools)
	require.NoError(t, err)
	tools[0].Name["nb"] = "changed"
	assert.True(t, catalogue.Diff(index(t), x).Empty())
}

// What is refused stays as it was, and holds nothing else back.
func TestReplaceAllowed(t *testing.T) {
	shop := catalogue.Identifier{System: "https://shop.example/id", Value: "123"}
	tools := index(t).Tools()
	for i := range tools {
		if tools[i].ID == "pust" {
			tools[i].Identifiers = []catalogue.Identifier{shop}
		}
	}
	x := indexOf(t, tools)
	for i := range tools {
		switch o := &tools[i]; o.ID {
		case "nattro": // withdrawn
			o.Status = "listed"
		case "sov-godt":
			o.Vendor, o.Status, o.Name["nb"] = nil, "withdrawn", "Another"
		case "pust":
			o.Status = "draft"
		case "angstkurset":
			o.Status = "withdrawn"
		}
	}
	thief := catalogue.Tool{ID: "tyv", Status: "listed", Name: catalogue.Text{"nb": "x"}, Identifiers: []catalogue.Identifier{shop}}
	tools[3].Identifiers = nil
	next, refused, err := x.ReplaceAllowed(append(tools, thief))
	require.NoError(t, err)
	assert.Equal(t, &catalogue.ReplaceError{Revived: []catalogue.ToolID{"nattro"}, Moved: []catalogue.ToolID{"sov-godt"},
		Unpublished: []catalogue.ToolID{"pust"}, Lost: []catalogue.ToolID{"pust"}, Taken: []catalogue.ToolID{"tyv"},
		Places: map[catalogue.ToolID]string{"nattro": "/tools/2", "pust": "/tools/3", "sov-godt": "/tools/4", "tyv": "/tools/6"}}, refused)
	assert.Equal(t, `{"tools":[{"id":"angstkurset","kind":"changed","status":{"from":"listed","to":"withdrawn"}},`+
		`{"id":"sov-godt","kind":"changed","status":{"from":"listed","to":"withdrawn"}}]}`, asJSON(t, catalogue.Diff(x, next)))

	next, refused, err = x.ReplaceAllowed(x.Tools())
	require.NoError(t, err)
	assert.Nil(t, refused)
	assert.True(t, catalogue.Diff(x, next).Empty())
	_, _, err = x.ReplaceAllowed([]catalogue.Tool{{}})
	assert.ErrorIs(t, err, catalogue.ErrInvalid)
}

// A missed tool that is refused is still only missed, and one that its source withdraws is withdrawn.
func TestReplaceAllowedAndMissed(t *testing.T) {
	missed, err := index(t).Replace(after(t, "sov-godt", nil))
	require.NoError(t, err)
	moved := func(s catalogue.Status) []catalogue.Tool {
		return after(t, "sov-godt", func(x *catalogue.Tool) { x.Vendor, x.Status = nil, s })
	}
	for status, want := range map[catalogue.Status]error{"listed": nil, "paused": nil, "withdrawn": catalogue.ErrReplace} {
		next, refused, err := missed.ReplaceAllowed(moved(status))
		require.NoError(t, err)
		require.NotNil(t, refused)
		assert.Equal(t, catalogue.StatusWithdrawn, statusOf(t, next, "sov-godt"))
		_, err = next.Replace(index(t).Tools())
		assert.ErrorIs(t, err, want, status)
	}
}

// A source that forgets a tool takes no id away.
func ExampleLive_Replace() {
	tools := []catalogue.Tool{
		{ID: "pust", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Pust"}},
		{ID: "sov-godt", Status: catalogue.StatusListed, Name: catalogue.Text{"nb": "Sov godt"}},
	}
	live := catalogue.NewLive(nil)
	changes, err := live.Replace(tools)
	fmt.Println(len(changes.Tools), err)

	changes, err = live.Replace(tools[:1])
	fmt.Println(changes.Tools[0].ID, changes.Tools[0].Kind, err)
	tool, known := live.Get("sov-godt")
	fmt.Println(tool.Status, known)

	tools[0].Status = catalogue.StatusDraft
	_, err = live.Replace(tools)
	fmt.Println(err)
	// Output:
	// 2 <nil>
	// sov-godt removed <nil>
	// withdrawn true
	// catalogue: the tools cannot take the others' place: published, and cannot be a draft again; pause or withdraw it: pust (/tools/0/status)
}

// What other systems call a tool stays with it, even while its source forgets the tool.
func TestReplaceKeepsIdentifiers(t *testing.T) {
	shop := catalogue.Identifier{System: "https://shop.example/id", Value: "123"}
	named := get(t, "pust")
	named.Identifiers = []catalogue.Identifier{shop}
	l := catalogue.NewLive(index(t))
	_, err := l.Replace([]catalogue.Tool{get(t, "sov-godt"), named})
	require.NoError(t, err)
	var refused *catalogue.ReplaceError
	_, err = l.Replace([]catalogue.Tool{get(t, "sov-godt"), get(t, "pust")})
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, []catalogue.ToolID{"pust"}, refused.Lost)

	_, err = l.Replace([]catalogue.Tool{get(t, "sov-godt")}) // forgotten
	require.NoError(t, err)
	other := get(t, "sov-godt")
	other.Identifiers = []catalogue.Identifier{shop}
	_, err = l.Replace([]catalogue.Tool{other})
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, []catalogue.ToolID{"sov-godt"}, refused.Taken)
	require.ErrorContains(t, err, "have an identifier that was given out for another tool; take it away: sov-godt (/tools/0/identifiers)")
	found, known := l.Index().ByIdentifier(shop.System, shop.Value)
	require.True(t, known)
	assert.Equal(t, catalogue.ToolID("pust"), found.ID)
}
