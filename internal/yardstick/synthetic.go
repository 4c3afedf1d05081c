package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// synthetic invents n tools of about 135 words each. Their words are Norwegian, some of them compounds, and as unevenly common as those of
// real texts. Every run gives the same.
func synthetic(n int) []catalogue.Tool {
	r := rand.New(rand.NewPCG(1, 2))
	words := inventedWords(r)
	zipf := rand.NewZipf(r, 1.07, 150, uint64(len(words)-1))
	text := func(n int) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(words[zipf.Uint64()])
			if i%12 == 11 {
				b.WriteByte('.')
			}
		}
		return b.String()
	}
	tools := make([]catalogue.Tool, n)
	for i := range tools {
		tools[i] = catalogue.Tool{
			ID: catalogue.ToolID(fmt.Sprintf("tool-%06d", i)), Status: catalogue.StatusListed,
			Name: catalogue.Text{"nb": text(3)}, Summary: catalogue.Text{"nb": text(20)}, Description: catalogue.Text{"nb": text(106)},
			Keywords: map[catalogue.Lang][]string{"nb": {text(1), text(1), text(1), text(1), text(2)}},
			Areas:    []catalogue.Area{catalogue.Area(fmt.Sprintf("area-%d", i%20))},
		}
	}
	for i := range tools { // after the texts, which stay as they were measured before
		day := time.Date(2020, 1, 1+r.IntN(2000), 0, 0, 0, 0, time.UTC)
		tools[i].Listing = &catalogue.Listing{From: catalogue.DateOf(day)}
		if i%3 > 0 {
			tools[i].Evidence = []catalogue.Evidence{{Kind: catalogue.EvidenceStudy, Title: catalogue.Text{"nb": "Studie"}, Reviewed: catalogue.DateOf(day.AddDate(0, 1, 0))}}
		}
	}
	return tools
}

var subjects = strings.Fields(`angst søvn depresjon stress smerte kosthold trening rus sorg sinne skam panikk tvang traume kreft hjerte lunge
	diabetes demens autisme mobbing ensomhet selvmord selvskading foreldre samliv gravid fødsel arbeid skole eksamen student pårørende
	røyk alkohol hasj spill mat vekt balanse pust hvile minne språk syn hørsel hud rygg nakke mage ledd muskel migrene allergi astma`)

var heads = strings.Fields(`mestring vansker problemer kurs hjelp gruppe støtte behandling plager program skjema dagbok øvelse samtale veiledning
	oppfølging kartlegging tanker vaner plan tiltak terapi trening test`)

// inventedWords are subjects, heads and all compounds of them, among words that mean nothing, in an order that mixes them.
func inventedWords(r *rand.Rand) []string {
	words := append(strings.Fields("og i på for med til du som det er en av ikke når kan få seg deg eller"), subjects...)
	words = append(words, heads...)
	rest := []string{}
	for _, s := range subjects {
		for _, h := range heads {
			rest = append(rest, s+h)
		}
	}
	const consonants, vowels = "bdfghjklmnprstv", "aeiouyæøå"
	v := []rune(vowels)
	for range 6000 {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteByte(consonants[r.IntN(len(consonants))])
			b.WriteRune(v[r.IntN(len(v))])
			if r.IntN(2) == 0 {
				b.WriteByte(consonants[r.IntN(len(consonants))])
			}
		}
		rest = append(rest, b.String())
	}
	r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return append(words, rest...)
}
