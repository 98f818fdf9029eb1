using ScmIntegrations.LoadTests.Running;

// One at a time: they look for an idle thread pool, and some measure memory.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(LoadReport))]
