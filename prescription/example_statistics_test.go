package prescription_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// exampleYear is a store with ten prescriptions, of which eight were started and
// six completed.
func exampleYear() *prescription.Memory {
	ctx := context.Background()
	now := noon
	service, store := exampleService(func(c *prescription.Config) { c.Now = func() time.Time { return now } }), prescription.NewMemory()
	for i := range 10 {
		now = noon
		p, err := service.Prescribe(ctx, store, request(fmt.Sprintf("visit-%d", i)))
		check(err)
		for day, e := range []prescription.Event{prescription.EventStart, prescription.EventComplete} {
			if i < 8-2*day {
				now = noon.AddDate(0, 0, 1+28*day)
				r := reported(p, e)
				r.At = now
				_, _, err = service.Apply(ctx, store, r)
				check(err)
			}
		}
	}
	return store
}

// exampleQuery asks for a year.
func exampleQuery(by ...prescription.Dimension) prescription.StatisticsQuery {
	return prescription.StatisticsQuery{
		From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		To:   time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
		At:   time.Date(2027, 1, 15, 0, 0, 0, 0, time.UTC),
		By:   by,
	}
}

// How far citizens come, without anything about persons. That four expired is
// not shown, being fewer than five, and that six completed is not, since it
// would give the four away.
func ExampleTally() {
	statistics, err := prescription.Tally(context.Background(), exampleYear(), exampleQuery(prescription.ByTool))
	check(err)
	for _, g := range statistics.Groups {
		fmt.Println(g.Tool, "sent:", g.Sent, "started:", g.Started, "or", prescription.Percent(g.Started, g.Sent))
		fmt.Println("completed:", g.Completed, "expired:", g.Expired)
		fmt.Println("days until half have started:", g.ToStart.Median/24)
	}
	// Output:
	// sleep sent: 10 started: 8 or 80 %
	// completed: * expired: *
	// days until half have started: 1
}

func ExampleStatistics_WriteCSV() {
	q := exampleQuery(prescription.ByTenant, prescription.ByTool)
	q.Least = 1 // for those who may see every number
	statistics, err := prescription.Tally(context.Background(), exampleYear(), q)
	check(err)
	check(statistics.WriteCSV(os.Stdout))
	// Output:
	// tenant,tool,unit,week,others,sent,delivered,opened,started,completed,open,declined,failed,cancelled,expired,to_open_median,to_open_90,to_start_median,to_start_90,to_complete_median,to_complete_90
	// 999999999,sleep,,,false,10,8,8,8,6,0,0,0,0,4,,,24,24,672,672
}

// The page about tools in an organisation's yearly report, in its language.
func ExampleYearReport() {
	ctx := context.Background()
	store := exampleYear()
	all, err := prescription.Tally(ctx, store, exampleQuery())
	check(err)
	byTool, err := prescription.Tally(ctx, store, exampleQuery(prescription.ByTool))
	check(err)
	report := prescription.YearReport{
		Organisation: "Sandvika DPS", Lang: "nn", All: all, ByTool: byTool,
		Name: func(id catalogue.ToolID) string { return sleepTool().Name.In("nn") },
	}
	fmt.Println(report.Markdown())
	// Output:
	// # Digitale verktøy i Sandvika DPS
	//
	// Rapporten gjeld verktøy som vart sende til innbyggjarar frå og med 1. januar 2026 til og med 31. desember 2026. Han tel kvar gong eit verktøy vart sendt, ikkje personar: den som fekk to verktøy, er tald med to gonger. Tala er talde opp 15. januar 2027.
	//
	// ## Kor langt kom innbyggjarane?
	//
	// | Steg | Tal | Del av sende |
	// |---|---:|---:|
	// | Sendt | 10 | |
	// | Levert | 8 | 80 % |
	// | Opna | 8 | 80 % |
	// | Starta | 8 | 80 % |
	// | Fullført | * | * |
	//
	// Dei som ikkje er fullførte:
	//
	// | Status | Tal |
	// |---|---:|
	// | Ikkje avslutta enno | 0 |
	// | Innbyggjaren takka nei | 0 |
	// | Trekt tilbake | 0 |
	// | Kunne ikkje leverast eller gjennomførast | 0 |
	// | Fristen gjekk ut | * |
	//
	// ## Kor lang tid tok det?
	//
	// | | Målt | Halvparten innan (dagar) | Ni av ti innan (dagar) |
	// |---|---:|---:|---:|
	// | Frå sendt til opna | 0 | – | – |
	// | Frå sendt til starta | 8 | 1,0 | 1,0 |
	// | Frå starta til fullført | * | – | – |
	//
	// «Målt» er talet på dei der begge tidspunkta er kjende. Ikkje alle verktøy melder frå om alle steg.
	//
	// ## Verktøya
	//
	// | Verktøy | Sendt | Opna | Starta | Fullført |
	// |---|---:|---:|---:|---:|
	// | Søvn | 10 | 8 | 8 | * |
	//
	// Tal under 5 blir ikkje viste, bortsett frå 0, og der det trengst, er eitt tal til skjult: då står det * eller –. Verktøy som vart sende så sjeldan, er talde saman under «Andre verktøy». Rapporten seier ingenting om enkeltpersonar, men nokre små tal kan reknast ut ved å trekkje eitt tal frå eit anna. Tenk på det når du deler han.
}

// How much people's scores changed on average. That they are better is no proof
// that the tool was the reason.
func ExampleScoreChanges() {
	scores := []prescription.Score{{Instrument: "GAD-7", Tool: "calm", Before: 14, After: 9}} // one person
	for i := range 6 {
		scores = append(scores, prescription.Score{Instrument: "PHQ-9", Tool: "sleep", Before: 15, After: float64(7 + i)})
	}
	for _, c := range prescription.ScoreChanges(scores, 0) {
		if c.Pairs.Hidden {
			fmt.Println(c.Instrument, c.Tool+": too few to be shown")
			continue
		}
		fmt.Printf("%s %s: %v pairs, %.1f to %.1f, change %.1f\n", c.Instrument, c.Tool, c.Pairs, c.MeanBefore, c.MeanAfter, c.MeanChange)
	}
	// Output:
	// GAD-7 calm: too few to be shown
	// PHQ-9 sleep: 6 pairs, 15.0 to 9.5, change -5.5
}
