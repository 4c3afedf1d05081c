package vendor_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/vendor"
)

func ExampleClassify() {
	c := vendor.Classify(vendor.Exposure{Data: vendor.DataHealth, Volume: vendor.VolumeThousands, Integration: vendor.IntegrationLaunch,
		PatientSafety: vendor.ImpactMinor, Substitutable: vendor.SubstitutionEffort})
	fmt.Println(c.Tier, c.Level, c.Assumed)
	for _, r := range c.Reasons {
		if r.Decides {
			fmt.Println(r.Factor, "-", r.Text.In("nb"))
		}
	}
	unknown := vendor.Classify(vendor.Exposure{})
	fmt.Println(unknown.Tier, unknown.Level)
	fmt.Println(unknown.Reasons[0].Text.In("en"))
	// Output:
	// high checked true
	// data - Leverandøren får helseopplysninger.
	// critical third-party
	// It is not known what data the vendor gets, so the strictest is assumed. Say what they are.
}

// The values from the least exposed to the most; what is empty or unheard of comes last.
var (
	dataClasses   = []vendor.DataClass{"none", "pseudonym", "personal", "health", "", "genome"}
	volumes       = []vendor.Volume{"hundreds", "thousands", "population", "", "all"}
	integrations  = []vendor.Integration{"none", "launch", "read", "write", "", "deep"}
	impacts       = []vendor.Impact{"none", "minor", "moderate", "severe", "", "NONE"}
	substitutions = []vendor.Substitution{"easy", "effort", "nowhere", "", "yes"}
	tiers         = []vendor.Tier{"low", "standard", "high", "critical"}
	levels        = []vendor.SecurityLevel{"declared", "documented", "checked", "third-party"}
)

// at is the exposure with these places on the five scales.
func at(i [5]int) vendor.Exposure {
	return vendor.Exposure{Data: dataClasses[i[0]], Volume: volumes[i[1]], Integration: integrations[i[2]], PatientSafety: impacts[i[3]],
		Substitutable: substitutions[i[4]]}
}

var sizes = [5]int{len(dataClasses), len(volumes), len(integrations), len(impacts), len(substitutions)}

// everywhere visits all exposures.
func everywhere(visit func(i [5]int)) {
	var i [5]int
	for {
		visit(i)
		n := 0
		for n < 5 {
			if i[n]++; i[n] < sizes[n] {
				break
			}
			i[n] = 0
			n++
		}
		if n == 5 {
			return
		}
	}
}

// Over all exposures there are: one more step on any scale never gives a lower tier or level.
func TestClassifyIsMonotone(t *testing.T) {
	tried, rose := 0, 0
	everywhere(func(i [5]int) {
		c := vendor.Classify(at(i))
		for n := range i {
			more := i
			if more[n]++; more[n] == sizes[n] {
				continue
			}
			d := vendor.Classify(at(more))
			before, after := slices.Index(tiers, c.Tier), slices.Index(tiers, d.Tier)
			if before < 0 || after < before || !d.Level.Meets(c.Level) {
				t.Fatalf("%+v is %s and %+v is %s", at(i), c.Tier, at(more), d.Tier)
			}
			tried++
			if after > before {
				rose++
			}
		}
	})
	assert.Equal(t, 22_140, tried, "6·5·6·6·5 exposures, a step up each of five scales where there is one")
	assert.Positive(t, rose)
}

// The tier is that of some factor, no factor's is higher, and every factor says why.
func TestClassifyTakesTheHighest(t *testing.T) {
	tried := map[vendor.Tier]int{}
	everywhere(func(i [5]int) {
		c := vendor.Classify(at(i))
		require.Len(t, c.Reasons, 5)
		highest := 0
		for n, r := range c.Reasons {
			highest = max(highest, slices.Index(tiers, r.Tier))
			require.Equal(t, r.Tier == c.Tier, r.Decides)
			unknown := i[n] >= sizes[n]-2
			require.Equal(t, unknown, r.Unknown)
			if unknown {
				require.Equal(t, vendor.TierCritical, r.Tier)
			}
		}
		require.Equal(t, c.Tier, tiers[highest])
		require.Equal(t, levels[highest], c.Level)
		tried[c.Tier]++
	})
	assert.Equal(t, 1, tried["low"], "nothing is exposed")
	assert.Len(t, tried, 4)
	assert.Equal(t, 5400, tried["low"]+tried["standard"]+tried["high"]+tried["critical"])
}

func TestClassifySaysWhyInEveryLanguage(t *testing.T) {
	texts := map[vendor.Text]bool{}
	everywhere(func(i [5]int) {
		c := vendor.Classify(at(i))
		texts[c.Text] = true
		for _, r := range c.Reasons {
			texts[r.Text] = true
		}
		assert.NotEmpty(t, c.Source)
	})
	for text := range texts {
		for _, lang := range []string{"nb", "nn", "en"} {
			assert.NotEmpty(t, text.In(lang))
			assert.NotContains(t, text.In(lang), "%!")
		}
		assert.NotEqual(t, text.NB, text.EN)
	}
	assert.Len(t, texts, 18+5+4)
}

func TestTheZeroClassifierIsTheStrictest(t *testing.T) {
	easy := at([5]int{})
	assert.Equal(t, vendor.TierLow, vendor.Classify(easy).Tier)
	for name, c := range map[string]vendor.Classifier{
		"zero":        {},
		"no levels":   {Rows: vendor.DefaultClassifier().Rows[1:]},
		"a bad row":   edited(func(c *vendor.Classifier) { c.Rows[0].Factor = "x" }),
		"a bad level": edited(func(c *vendor.Classifier) { c.Levels["low"] = "trust" }),
	} {
		got := c.Classify(easy)
		assert.Equal(t, vendor.TierCritical, got.Tier, name)
		assert.Equal(t, vendor.LevelThirdParty, got.Level, name)
	}
	noLevels := edited(func(c *vendor.Classifier) { c.Levels = nil })
	assert.Equal(t, vendor.LevelThirdParty, noLevels.Classify(easy).Level)
	assert.Equal(t, vendor.TierLow, noLevels.Classify(easy).Tier)
}

func edited(edit func(*vendor.Classifier)) vendor.Classifier {
	c := vendor.DefaultClassifier()
	edit(&c)
	return c
}

func TestAClassifierIsData(t *testing.T) {
	require.NoError(t, vendor.DefaultClassifier().Check())
	own := edited(func(c *vendor.Classifier) {
		c.Rows[3].Tier, c.Source, c.Assumed = vendor.TierCritical, "house rule 7", false
	})
	got := own.Classify(vendor.Exposure{Data: "health", Volume: "hundreds", Integration: "none", PatientSafety: "none", Substitutable: "easy"})
	assert.Equal(t, vendor.TierCritical, got.Tier)
	assert.Equal(t, "house rule 7", got.Source)
	assert.False(t, got.Assumed)
	for name, tt := range map[string]struct {
		edit func(*vendor.Classifier)
		want string
	}{
		"factor":        {func(c *vendor.Classifier) { c.Rows[0].Factor = "x" }, "row 0: want a factor and a value that exist"},
		"value":         {func(c *vendor.Classifier) { c.Rows[17].Value = "yes" }, "row 17: want a factor and a value that exist"},
		"tier":          {func(c *vendor.Classifier) { c.Rows[3].Tier = "" }, "row 3: want a tier that exists"},
		"language":      {func(c *vendor.Classifier) { c.Rows[0].Text.NN = "" }, "row 0: want a text in nb, nn and en"},
		"twice":         {func(c *vendor.Classifier) { c.Rows[1] = c.Rows[0] }, "row 1: the value has a row already"},
		"falling tier":  {func(c *vendor.Classifier) { c.Rows[3].Tier = "low" }, "factor data: a tier is lower than that of a smaller value"},
		"hole in rows":  {func(c *vendor.Classifier) { c.Rows = c.Rows[1:] }, "factor data: a tier is lower than that of a smaller value"},
		"level":         {func(c *vendor.Classifier) { c.Levels["low"] = "x" }, `Levels["low"]: want a tier and a level that exist`},
		"falling level": {func(c *vendor.Classifier) { c.Levels["critical"] = "declared" }, `Levels["critical"]: lower than that of a lower tier`},
		"unknown tier":  {func(c *vendor.Classifier) { c.Levels["top"] = "checked" }, `Levels["top"]: want a tier and a level that exist`},
	} {
		require.ErrorContains(t, edited(tt.edit).Check(), tt.want, name)
	}
}

func TestLevelsMeet(t *testing.T) {
	for i, got := range append(levels, "", "trust") {
		for j, asked := range append(levels, "", "trust") {
			assert.Equal(t, i < 4 && j < 4 && i >= j, got.Meets(asked), "%q for %q", got, asked)
		}
	}
}
