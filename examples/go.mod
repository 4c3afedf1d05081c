module github.com/verktoykatalog/verktoy/examples

go 1.25.0

require github.com/verktoykatalog/verktoy v0.0.0

replace github.com/verktoykatalog/verktoy => ../
