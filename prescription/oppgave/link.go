package oppgave

import (
	"net/url"
	"slices"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// TaskParameter names the prescription in the addresses that [TaskLink] makes.
const TaskParameter = "task"

// TaskLink is for [Config.Link]: the tool's web address, the one for Helsenorge if
// there is one, with the prescription's id as the parameter "task", as in
// "https://tool.example/start?task=018f…". A tool that logs the citizen in with
// package launch/helsenorge reads it by launch.Launch.TaskID, and reports by it. The
// tool's start address must take the parameter; whether Helsenorge passes it on as
// it is, is assumed.
func TaskLink(p prescription.Prescription, tool catalogue.Tool) string {
	u, err := url.Parse(start(p, tool))
	if err != nil || u.Host == "" {
		return "" // no address: ErrLink says so
	}
	id := url.Values{TaskParameter: {string(p.ID)}}.Encode()
	switch query := u.Query(); {
	case query.Has(TaskParameter): // a start address has each name once
		query.Set(TaskParameter, string(p.ID))
		u.RawQuery = query.Encode()
	case u.RawQuery != "":
		u.RawQuery += "&" + id
	default:
		u.RawQuery = id
	}
	return u.String()
}

// start is where the tool is started in a browser, from Helsenorge if it says so.
func start(_ prescription.Prescription, tool catalogue.Tool) string {
	web := slices.DeleteFunc(slices.Clone(tool.Start), func(s catalogue.Start) bool { return s.Platform != catalogue.PlatformWeb })
	if i := slices.IndexFunc(web, func(s catalogue.Start) bool { return s.Profile == catalogue.ProfileHelsenorge }); i >= 0 {
		return web[i].URL
	}
	if len(web) == 0 {
		return ""
	}
	return web[0].URL
}
