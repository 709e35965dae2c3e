import pytest
import torch

from model_training.checkpoint import TrainingState, load_checkpoint, save_checkpoint


def state_of(seed, *, epoch=0, channels=3):
    torch.manual_seed(seed)
    network, average = torch.nn.Linear(channels, 2), torch.nn.Linear(channels, 2)
    return TrainingState(network, average, torch.optim.AdamW(network.parameters()), epoch)


def after_a_step(state):
    state.optimiser.zero_grad()
    state.network(torch.ones(1, 3)).square().sum().backward()
    state.optimiser.step()
    return [weights.detach().clone() for weights in state.network.parameters()]


def test_that_a_state_goes_on_as_it_would_have_without_a_stop(tmp_path):
    saved, loaded = state_of(1, epoch=4), state_of(2)
    after_a_step(saved)
    save_checkpoint(tmp_path / "state.safetensors", saved)
    load_checkpoint(tmp_path / "state.safetensors", loaded)

    assert loaded.epoch == 4
    assert torch.equal(loaded.average.weight, saved.average.weight)
    # The optimiser's memory takes part in every step.
    assert all(map(torch.equal, after_a_step(loaded), after_a_step(saved)))
    assert [path.name for path in tmp_path.iterdir()] == ["state.safetensors"]


def test_that_a_state_of_another_network_is_refused(tmp_path):
    save_checkpoint(tmp_path / "state.safetensors", state_of(1))
    with pytest.raises(RuntimeError, match="size mismatch"):
        load_checkpoint(tmp_path / "state.safetensors", state_of(1, channels=5))
