package catalogue_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func TestCheckStartAndCheckPrescribe(t *testing.T) {
	oslo := time.FixedZone("Oslo", 3600)
	cases := []struct {
		name             string
		edit             func(*catalogue.Tool)
		unit             catalogue.UnitID
		at               time.Time
		start, prescribe error
	}{
		{"as it should be", func(*catalogue.Tool) {}, "standard", noon, nil, nil},
		{"withdrawn", func(t *catalogue.Tool) { t.Status = catalogue.StatusWithdrawn }, "standard", noon, catalogue.ErrWithdrawn, catalogue.ErrWithdrawn},
		{"paused", func(t *catalogue.Tool) { t.Status = catalogue.StatusPaused }, "standard", noon, catalogue.ErrPaused, catalogue.ErrPaused},
		{"draft", func(t *catalogue.Tool) { t.Status = catalogue.StatusDraft }, "standard", noon, catalogue.ErrNotPublished, catalogue.ErrNotPublished},
		{"no status", func(t *catalogue.Tool) { t.Status = "" }, "standard", noon, catalogue.ErrNotPublished, catalogue.ErrNotPublished},
		{"last minute of the last day", func(*catalogue.Tool) {}, "standard", time.Date(2027, 11, 1, 23, 59, 59, 0, oslo), nil, nil},
		{"first moment after the last day", func(*catalogue.Tool) {}, "standard", time.Date(2027, 11, 2, 0, 0, 0, 0, oslo), catalogue.ErrApprovalEnded, catalogue.ErrApprovalEnded},
		{"the day is the location's", func(*catalogue.Tool) {}, "standard", time.Date(2027, 11, 2, 0, 30, 0, 0, oslo).UTC(), nil, nil},
		{"approval without an end", func(t *catalogue.Tool) { t.Approval.ValidUntil = "" }, "standard", noon, catalogue.ErrApprovalEnded, catalogue.ErrApprovalEnded},
		{"no approval", func(t *catalogue.Tool) { t.Approval = nil }, "standard", noon, nil, nil},
		{"first moment of the first day", days("2026-10-31", ""), "standard", time.Date(2026, 10, 31, 0, 0, 0, 0, oslo), nil, nil},
		{"last moment before the first day", days("2026-10-31", ""), "standard", time.Date(2026, 10, 30, 23, 59, 59, 0, oslo), catalogue.ErrNotYetListed, catalogue.ErrNotYetListed},
		{"last moment of the last listed day", days("", "2026-10-31"), "standard", time.Date(2026, 10, 31, 23, 59, 59, 0, oslo), nil, nil},
		{"first moment after the listing", days("", "2026-10-31"), "standard", time.Date(2026, 11, 1, 0, 0, 0, 0, oslo), catalogue.ErrListingEnded, catalogue.ErrListingEnded},
		{"no days", func(t *catalogue.Tool) { t.Listing = nil }, "standard", noon, nil, nil},
		{"no address", func(t *catalogue.Tool) { t.Start = nil }, "standard", noon, catalogue.ErrNoStart, catalogue.ErrNoStart},
		{"unknown unit", func(*catalogue.Tool) {}, "other", noon, nil, catalogue.ErrUnknownUnit},
		{"no unit named", func(*catalogue.Tool) {}, "", noon, nil, catalogue.ErrUnknownUnit},
		{"no units", func(t *catalogue.Tool) { t.Units = nil }, "standard", noon, nil, catalogue.ErrNotPrescribable},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tool := get(t, "sov-godt")
			c.edit(&tool)
			assert.Equal(t, c.start, tool.CheckStart(c.at))
			assert.Equal(t, c.prescribe, tool.CheckPrescribe(c.unit, c.at))
			if c.start != nil {
				assert.ErrorIs(t, c.start, catalogue.ErrUnavailable)
			}
		})
	}
	assert.Equal(t, catalogue.ErrNotPublished, catalogue.Tool{}.CheckStart(noon), "the zero tool refuses")
}

func days(from, to catalogue.Date) func(*catalogue.Tool) {
	return func(t *catalogue.Tool) { t.Listing = &catalogue.Listing{From: from, To: to} }
}

func TestListed(t *testing.T) {
	tool := get(t, "sov-godt")
	assert.True(t, tool.Listed(noon))
	days("2026-11-01", "")(&tool)
	assert.False(t, tool.Listed(noon))
	assert.False(t, get(t, "nattro").Listed(noon))
}

// The age is shown in whole days, then months, then years, in the reader's language.
func TestEvidenceTellsItsAge(t *testing.T) {
	cases := []struct {
		name     string
		reviewed catalogue.Date
		days     int
		nb, en   string
	}{
		{"today", "2026-10-31", 0, "vurdert i dag", "reviewed today"},
		{"yesterday", "2026-10-30", 1, "vurdert for 1 dag siden", "reviewed 1 day ago"},
		{"a month but a day", "2026-10-01", 30, "vurdert for 30 dager siden", "reviewed 30 days ago"},
		{"a month", "2026-09-30", 31, "vurdert for 1 måned siden", "reviewed 1 month ago"},
		{"two years but a day", "2024-11-01", 729, "vurdert for 23 måneder siden", "reviewed 23 months ago"},
		{"two years", "2024-10-31", 730, "vurdert for 2 år siden", "reviewed 2 years ago"},
	}
	for _, c := range cases {
		e := catalogue.Evidence{Reviewed: c.reviewed}
		got, known := e.Days(noon)
		assert.True(t, known, c.name)
		assert.Equal(t, c.days, got, c.name)
		assert.Equal(t, c.nb, e.Age(noon)["nb"], c.name)
		assert.Equal(t, c.en, e.Age(noon)["en"], c.name)
		assert.NotEmpty(t, e.Age(noon)["nn"], c.name)
	}
	for _, none := range []catalogue.Date{"", "2026-11-01", "2026-02-30"} {
		_, known := catalogue.Evidence{Reviewed: none}.Days(noon)
		assert.False(t, known, none)
		assert.Nil(t, catalogue.Evidence{Reviewed: none}.Age(noon), none)
	}
	tool := get(t, "sov-godt")
	assert.Equal(t, catalogue.Date("2026-10-01"), tool.Reviewed())
	assert.Empty(t, get(t, "pust").Reviewed())
	assert.True(t, tool.Evidence[0].Overdue(noon))
	assert.False(t, tool.Evidence[0].Overdue(time.Date(2026, 2, 28, 23, 0, 0, 0, time.UTC)))
	assert.False(t, tool.Evidence[1].Overdue(noon), "none is planned")
}

func TestAccessMode(t *testing.T) {
	for mode, accesses := range map[catalogue.Mode][]catalogue.Access{
		catalogue.ModeLogin:      {{}, {National: true, OnBehalf: true}},
		catalogue.ModeOpen:       {{WithoutLogin: true}},
		catalogue.ModePrescribed: {{RequiresPrescription: true}, {RequiresPrescription: true, WithoutLogin: true}},
	} {
		for _, a := range accesses {
			assert.Equal(t, mode, a.Mode(), "%+v", a)
		}
	}
}

func TestTextIn(t *testing.T) {
	text := catalogue.Text{"nb": "bokmål", "en": "English", "se": "sámegiella", "ar": "x", "nn": ""}
	assert.Equal(t, "English", text.In("en"))
	assert.Equal(t, "sámegiella", text.In("pl", "se", "en"))
	assert.Equal(t, "bokmål", text.In("nn"), "an empty text is none")
	assert.Equal(t, "bokmål", text.In())
	assert.Equal(t, "a", catalogue.Text{"uk": "b", "ar": "a"}.In("nb"))
	assert.Empty(t, catalogue.Text(nil).In("nb"))
	for lang, want := range map[catalogue.Lang]catalogue.Lang{"en": "en", "nn": "nb", "se": "se", "en-GB": "en", "ar-Arab-EG": "ar", "": "nb"} {
		found, in := text.Find(lang)
		assert.Equal(t, want, in, lang)
		assert.Equal(t, text[want], found, lang)
	}
	_, in := catalogue.Text{}.Find("nb")
	assert.Empty(t, in)
}

func TestDates(t *testing.T) {
	for _, bad := range []string{"", "2026-02-29", "2026-1-01", "2026-01-01T00:00:00Z", "01.01.2026", " 2026-01-01", "2026-13-01"} {
		_, err := catalogue.ParseDate(bad)
		assert.ErrorIs(t, err, catalogue.ErrDate, bad)
	}
	d, err := catalogue.ParseDate("2028-02-29")
	require.NoError(t, err)
	assert.Equal(t, d, catalogue.DateOf(time.Date(2028, 2, 29, 23, 0, 0, 0, time.UTC)))
	assert.True(t, d.After(time.Date(2028, 2, 28, 23, 59, 0, 0, time.UTC)))
	assert.False(t, d.After(time.Date(2028, 2, 29, 0, 0, 0, 0, time.UTC)))
	assert.False(t, d.Before(time.Date(2028, 2, 29, 23, 59, 0, 0, time.UTC)))
	assert.True(t, d.Before(time.Date(2028, 3, 1, 0, 0, 0, 0, time.UTC)))
	none := catalogue.Date("")
	assert.False(t, none.After(noon) || none.Before(noon))
}

func TestIDs(t *testing.T) {
	for _, good := range []string{"a", "0", "sov-godt", "a--b"} {
		id, err := catalogue.ParseToolID(good)
		assert.NoError(t, err)
		assert.Equal(t, catalogue.ToolID(good), id)
	}
	for _, bad := range []string{"", "-", "-a", "a-", "A", "å", "a b", "a/b", "a\n", "a.b"} {
		_, err := catalogue.ParseToolID(bad)
		assert.ErrorIs(t, err, catalogue.ErrID, "%q", bad)
		_, err = catalogue.ParseUnitID(bad)
		assert.ErrorIs(t, err, catalogue.ErrID, "%q", bad)
	}
}

func TestAgesInclude(t *testing.T) {
	low, high := 13, 18
	ages := &catalogue.Ages{Min: &low, Max: &high}
	for age, want := range map[int]bool{12: false, 13: true, 18: true, 19: false} {
		assert.Equal(t, want, ages.Include(age), age)
	}
	assert.True(t, (*catalogue.Ages)(nil).Include(5))
	assert.True(t, (&catalogue.Ages{Max: &high}).Include(0))
}
