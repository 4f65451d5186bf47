mod asking;
mod emergencies;
mod folded;
mod following;
mod random;
mod rebuilding;
mod world;
