package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval/requirement"
)

// What is wrong stands beside a field that is there, in each language; what the form has no field for is told apart.
func TestFormHasAPlaceForEveryProblem(t *testing.T) {
	d := openWorld(t).desk
	f, err := d.load(paperBad, secondTool)
	require.NoError(t, err)
	for _, lang := range languages {
		m, err := d.form(f, lang)
		require.NoError(t, err)
		require.Len(t, m.problems, 12)
		assert.Equal(t, []string{"/answers/SEC-99", "/answers/UU-01/evidens"}, m.stray())
		for _, p := range m.problems {
			assert.NotEmpty(t, p.Text, p.Pointer)
			if p.Stray != "" {
				continue
			}
			s, found := m.section(p.Section)
			require.True(t, found, p.Pointer)
			wrong := 0
			for _, b := range s.Blocks {
				for _, c := range b.Fields {
					if c.anchor() == p.Anchor {
						wrong += len(c.Wrong)
					}
				}
			}
			assert.Equal(t, 1, wrong, "%s in %s", p.Pointer, lang)
		}
	}
}

// The form asks what the set asks: every fact, and each requirement that applies or may apply, in each set.
func TestFormAsksWhatTheSetAsks(t *testing.T) {
	d := openWorld(t).desk
	for id, asked := range map[string]int{requirement.WebBaseline: 51, requirement.Baseline: 60} {
		set, err := d.requirements(id)
		require.NoError(t, err)
		f, err := d.blank(set, "Pust ut")
		require.NoError(t, err)
		m, err := d.form(f, "nb")
		require.NoError(t, err)
		facts, requirements := 0, 0
		for _, s := range m.Sections {
			assert.NotEmpty(t, s.Title)
			for _, b := range s.Blocks {
				switch b.Class {
				case "fact":
					facts++
				case "requirement":
					requirements++
					assert.NotEmpty(t, b.Text, b.Heading)
				}
			}
		}
		assert.Equal(t, len(set.Facts), facts, id)
		assert.Equal(t, asked, requirements, id)
		assert.Empty(t, m.problems, "a form that is begun is not wrong")
	}
}

// With the facts of the example the form leaves out what they rule out, and offers only reasons that the set has.
func TestFormLeavesOutWhatDoesNotApply(t *testing.T) {
	d := openWorld(t).desk
	f, err := d.load(paperGood, secondTool)
	require.NoError(t, err)
	m, err := d.form(f, "nn")
	require.NoError(t, err)
	section, _ := m.where("PRIV-10", "")
	assert.Empty(t, section, "nothing is transferred out of the EEA")
	section, anchor := m.where("AI-01", "")
	assert.Equal(t, "group-ai", section)
	assert.Equal(t, "answers-AI-01-status-0", anchor)
	s, _ := m.section("group-ai")
	assert.Equal(t, []option{{"no-ai", "Verktøyet bruker ikkje KI.", true}}, s.Blocks[0].Fields[1].Options)
	assert.Equal(t, "Kunstig intelligens", s.Title, "in a set without titles of groups")
}
